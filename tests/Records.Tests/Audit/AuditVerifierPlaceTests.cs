using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Records.Tests.Audit;

/// <summary>Where a check goes on: from a place that a part of it has answered, or could have, and from no other.</summary>
public sealed class AuditVerifierPlaceTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Verify_FromAPlaceThatNoPartHasAnswered_IsRefused()
    {
        var verifier = new AuditVerifier(new TenantReader(database.App), new TestSigner());

        foreach (var from in (string[])["", "rows", "rows.1.2", "rows.99999.0.1", "tails.1.2.3", "heads.x", "heads.32768.0.1"])
            await Should.ThrowAsync<InvalidCursorException>(() => verifier.VerifyAsync("p", from, CancellationToken.None));
    }

    [Fact]
    public async Task Verify_FromAPlaceWhereNoRowShouldBe_IsRefusedAndIsNoFault()
    {
        var project = await AuditedProject.TellAsync(database, "written-place");
        var last = project.Acts[^1].Position;
        var noAct = Enumerable.Range(1, (int)last.Seq).First(seq => project.Acts.All(act => act.Position.Seq != seq));
        var verifier = new AuditVerifier(new TenantReader(database.App), new TestSigner());

        foreach (var place in (Position[])[last with { Seq = noAct }, last with { Seq = 999_999_999 }, last with { Seq = long.MaxValue }, last with { Partition = 200 }])
            await Should.ThrowAsync<InvalidCursorException>(() => verifier.VerifyAsync("written-place", $"rows.{place}", CancellationToken.None));
    }

    [Fact]
    public async Task Verify_FromARowThatWasRemovedSince_NamesIt()
    {
        var project = await AuditedProject.TellAsync(database, "removed-since");
        var verifier = new AuditVerifier(new TenantReader(database.App), new TestSigner()) { PageRows = 3, Pages = 2 };
        var next = (await verifier.VerifyAsync("removed-since", null, CancellationToken.None)).Next;
        next.ShouldBe($"rows.{project.Acts[5].Position}");

        await project.TamperAsync("delete from public.awooop_audit_event where seq = $1", project.Acts[5].Position.Seq);

        (await verifier.VerifyAsync("removed-since", next, CancellationToken.None)).Fault.ShouldBe(AuditFaultKind.Missing, project.Acts[5]);
    }
}
