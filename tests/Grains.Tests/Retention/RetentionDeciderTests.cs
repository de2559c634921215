using AwoooP.Commands;
using AwoooP.Retention;

namespace AwoooP.Grains.Tests.Retention;

/// <summary>The terms that a project may have, on the pure core.</summary>
public sealed class RetentionDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly RetentionTerm Members = new("alert_member", 35, 7, 400);
    private static readonly RetentionTerm Timeline = new("timeline_events", 1095, 365, 3650);
    private static readonly RetentionTerm[] Terms = [Members, Timeline];

    [Theory]
    [InlineData(7)]
    [InlineData(400)]
    public void GivenTermsWithinBounds_WhenSet_ThenTheyCountAndTheOthersKeepTheirDefaults(int days)
    {
        var set = Set(RetentionSchedule.Initial, ("alert_member", days));

        set.DaysOf(Members).ShouldBe(days);
        set.DaysOf(Timeline).ShouldBe(1095);
        Decide(set, ("alert_member", days)).Events.ShouldBeEmpty();
        Set(set).DaysOf(Members).ShouldBe(35);
    }

    [Theory]
    [InlineData("alert_member", 6, "out_of_range", "7..400")]
    [InlineData("alert_member", 401, "out_of_range", "7..400")]
    [InlineData("incidents", 400, "unknown_table", "alert_member, timeline_events")]
    [InlineData("awooop_audit_event", 4000, "unknown_table", "alert_member, timeline_events")]
    public void GivenTermsOutOfBounds_WhenSet_ThenRefusedWithFieldAndBound(string table, int days, string code, string bound)
    {
        var refusal = Decide(RetentionSchedule.Initial, (table, days)).Refusal.ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        var fault = refusal.InvalidFields.ShouldHaveSingleItem();
        (fault.Code, fault.Bound).ShouldBe((code, bound));
        fault.Field.ShouldStartWith("$.days");
    }

    /// <summary>A later version may give a table other bounds: what was set before is kept within them.</summary>
    [Fact]
    public void GivenATermOfBefore_WhenItsBoundsAreNarrower_ThenTheNearestCounts() =>
        Set(RetentionSchedule.Initial, ("alert_member", 400)).DaysOf(Members with { MostDays = 100 }).ShouldBe(100);

    private static RetentionSchedule Set(RetentionSchedule before, params (string Table, int Days)[] days) =>
        before.Apply(Decide(before, days).Events.ShouldHaveSingleItem(), Now);

    private static AwoooP.Aggregates.Decision<RetentionEvent> Decide(RetentionSchedule before, params (string Table, int Days)[] days) =>
        RetentionDecider.SetTerms(before, new SetRetentionTerms(days.ToDictionary(static term => term.Table, static term => term.Days)), Terms, "ann");
}
