using AwoooP.Kpis;

namespace AwoooP.Grains.Tests.Kpis;

/// <summary>The three indicators, against histories that were computed by hand.</summary>
public sealed class KpiTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GivenNothing_WhenAsked_ThenThereIsNoShareAndNoMean() => KpiIndicators.At(Kpi.Initial, Now).ShouldBe(new KpiView(0, null, null, 0, null));

    /// <summary>Three of four by a repair; (60 + 120 + 600 + 1,020) / 4 = 450 s to resolve; (30 + 90) / 2 = 60 s to be approved.</summary>
    [Fact]
    public void GivenAMonthOfTwoPartitions_WhenAsked_ThenTheIndicatorsAreThoseComputedByHand()
    {
        var kpi = Follow(
            Kpi.Initial,
            1,
            new KpiFact(1, KpiFactKind.ApprovalGranted, 30, Now.AddDays(-9)),
            new KpiFact(2, KpiFactKind.ResolvedByRepair, 60, Now.AddDays(-9)),
            new KpiFact(5, KpiFactKind.ResolvedOtherwise, 600, Now.AddDays(-1)));
        kpi = Follow(
            kpi,
            2,
            new KpiFact(1, KpiFactKind.ResolvedByRepair, 120, Now.AddDays(-20)),
            new KpiFact(3, KpiFactKind.ApprovalGranted, 90, Now),
            new KpiFact(4, KpiFactKind.ResolvedByRepair, 1020, Now));

        KpiIndicators.At(kpi, Now).ShouldBe(new KpiView(4, 0.75, 450, 2, 60));
    }

    [Fact]
    public void GivenAFactThatComesAgain_WhenFollowed_ThenItCountsOnce()
    {
        var first = new KpiFact(7, KpiFactKind.ResolvedByRepair, 60, Now);
        var kpi = Follow(Kpi.Initial, 1, first);

        KpiIndicators.Follow(kpi, new FollowKpis(1, [first])).Events.ShouldBeEmpty();
        KpiIndicators.At(Follow(kpi, 1, first, new KpiFact(8, KpiFactKind.ResolvedOtherwise, 120, Now)), Now).ShouldBe(new KpiView(2, 0.5, 90, 0, null));
    }

    /// <summary>Thirty days of the UTC calendar, today among them: on 31 January the last that counts is the 2nd.</summary>
    [Theory]
    [InlineData("2026-01-01T23:59:59Z", 0)]
    [InlineData("2026-01-02T00:00:00Z", 1)]
    [InlineData("2026-01-02T07:59:59+08:00", 0)]
    [InlineData("2026-01-31T09:59:59Z", 1)]
    public void GivenAFactAtTheEdgeOfTheWindow_WhenAsked_ThenItCountsByItsUtcDay(string at, int counted)
    {
        var kpi = Follow(Kpi.Initial, 1, new KpiFact(1, KpiFactKind.ResolvedByRepair, 60, DateTimeOffset.Parse(at, null)));

        KpiIndicators.At(kpi, Now).ResolvedTotal.ShouldBe(counted);
    }

    [Fact]
    public void GivenAYearInAnyOrder_WhenFollowed_ThenAMonthIsKeptAndOldNewsChangesNothing()
    {
        var days = Enumerable.Range(0, 365).Select(day => Now.AddDays(-day)).ToArray();
        new Random(1).Shuffle(days);
        var kpi = days.Aggregate(
            (Kpi: Kpi.Initial, Seq: 0L),
            (fold, at) => (Follow(fold.Kpi, 1, new KpiFact(fold.Seq + 1, KpiFactKind.ResolvedOtherwise, 60, at)), fold.Seq + 1)).Kpi;

        kpi.Buckets.Length.ShouldBe(Kpi.Days);
        kpi.Buckets.Select(day => day.Date).ShouldBeInOrder();
        KpiIndicators.At(kpi, Now).ShouldBe(new KpiView(30, 0, 60, 0, null));
    }

    private static Kpi Follow(Kpi kpi, short partition, params KpiFact[] facts) =>
        KpiIndicators.Follow(kpi, new FollowKpis(partition, facts)).Events.Aggregate(kpi, (state, followed) => state.Apply(followed, Now));
}
