using AwoooP.Events;

namespace AwoooP.Records.Tests.Projections;

public sealed class CoverageTests
{
    /// <summary>Events that no record table tells, each with its reason.</summary>
    private static readonly Dictionary<string, string> Unrecorded = new()
    {
        ["alert.incident_linked"] = "The incident itself names the alert",
        ["kpi.facts_followed"] = "Bookkeeping of a subscriber about events that are recorded themselves",
        ["playbook_catalog.news_followed"] = "Bookkeeping of a subscriber about events that are recorded themselves",
        ["project_catalog.project_registered"] = "The project itself has a row",
        ["retention.scheduled"] = "The project itself has a row; what sweeps do is audited",
        ["idempotency.key_taken"] = "The request behind the key has events of its own",
        ["idempotency.key_expired"] = "The request behind the key has events of its own",
        ["budget.period_begun"] = "Bookkeeping of an account about the first thing that happens in a period",
        ["budget.spending_reserved"] = "What the call cost is a row once it is known",
        ["budget.spending_released"] = "The call cost nothing",
    };

    [Fact]
    public void EveryEventType_IsProjectedOrDeliberatelyNot()
    {
        var projected = RecordProjections.All.SelectMany(projection => projection.EventTypes).ToHashSet();

        EventCatalog.Default.All.Select(type => type.Name).Where(name => projected.Contains(name) == Unrecorded.ContainsKey(name)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryProjectedEventType_IsInTheStories()
    {
        var told = Story.Tell("a").Events.Concat(Endings.Tell("a").Events).Select(recorded => recorded.Type).ToHashSet();

        RecordProjections.All.SelectMany(projection => projection.EventTypes).Except(told).ShouldBeEmpty();
    }

    [Fact]
    public void Projections_ByName_AreDistinct() => RecordProjections.All.Select(projection => projection.Name).ShouldBeUnique();
}
