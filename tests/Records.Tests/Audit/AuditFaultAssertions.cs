using AwoooP.Journal;

namespace AwoooP.Records.Tests.Audit;

/// <summary>What a check is to find, and at which act.</summary>
internal static class AuditFaultAssertions
{
    public static void ShouldBe(this AuditFault? fault, AuditFaultKind kind, RecordedEvent at)
    {
        var found = fault.ShouldNotBeNull();
        (found.Kind, found.Position, found.ProjectId, found.Partition).ShouldBe((kind, AuditedProject.At(at), at.Id.ProjectId, at.Position.Partition), found.Detail);
    }
}
