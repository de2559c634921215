using System.Text.Json;
using AwoooP.Events;
using AwoooP.Retention;
using AwoooP.Time;

namespace AwoooP.Grains.Tests.Retention;

/// <summary>What builds wrote that did not tell which tables had failed, or were not reached.</summary>
public sealed class RetentionSnapshotTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 16, 19, 30, 0, TimeSpan.Zero);
    private static readonly RetentionTerm[] Terms = [new("alert_member", 35, 7, 400), new("timeline_events", 1095, 365, 3650)];

    [Fact]
    public void Snapshot_WithoutFailedAndUnreached_IsReadAndSweptOn()
    {
        const string Older = """
            {
              "days": { "alert_member": 90 },
              "told": { "alert_member": 5 },
              "next_at": "2026-01-16T19:30:00Z",
              "last_sweep": { "at": "2026-01-15T19:30:00Z", "removed": [], "held": ["timeline_events"], "more": false }
            }
            """;

        var retention = JsonSerializer.Deserialize(Older, RetentionSchedule.Json)!;

        RetentionSchedule.StateVersion.ShouldBe(1);
        var last = retention.LastSweep.ShouldNotBeNull();
        last.Failed.ShouldBeEmpty();
        last.Unreached.ShouldBeEmpty();
        last.Held.ShouldBe(["timeline_events"]);
        RetentionDecider.Order(Terms, last).ShouldBe(Terms);
        SweptTable[] tables = [.. Terms.Select(static term => new SweptTable(term.Table, Now.AddDays(-term.DefaultDays), new RemovedBatch(5, false, true), null))];
        var swept = RetentionDecider.Tell(retention, tables, PlatformZone.Default, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<RetentionSwept>();
        swept.Removed.Select(static removed => removed.Table).ShouldBe(["timeline_events"]);
        swept.More.ShouldBeFalse();
    }

    [Fact]
    public void Event_WithoutFailedAndUnreached_IsReadAsASweepWithNeither()
    {
        var older = """{"removed":[],"held":["timeline_events"],"more":false,"next_at":"2026-01-17T19:30:00Z"}"""u8;

        var swept = EventCatalog.Default.Decode("retention.swept", 1, older).ShouldBeOfType<RetentionSwept>();

        var last = RetentionSchedule.Initial.Apply(swept, Now).LastSweep.ShouldNotBeNull();
        last.Failed.ShouldBeEmpty();
        last.Unreached.ShouldBeEmpty();
        last.Held.ShouldBe(["timeline_events"]);
    }
}
