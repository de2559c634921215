using AwoooP.Journal.Membership;

namespace AwoooP.Journal.Tests.Lease;

public sealed class RendezvousPlacementTests
{
    /// <summary>
    /// Partitions that change hands among those who stay: who comes or goes shifts what fits into their shares. Computed for
    /// silo-1 to silo-10: at most 9 when one joins and 13 when one is lost.
    /// </summary>
    private const int MostMovedOnJoin = 12;

    private const int MostMovedOnLoss = 16;

    [Fact]
    public void Place_OneSilo_GetsEverything() =>
        RendezvousPlacement.Place(["only"], PartitionMap.Count).Values.ShouldAllBe(silo => silo == "only");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Place_SeveralSilos_NoneExceedsItsShare(int silos)
    {
        var names = Names(silos);
        var placed = RendezvousPlacement.Place(names, PartitionMap.Count);

        placed.Count.ShouldBe(PartitionMap.Count);
        foreach (var name in names)
            placed.Values.Count(silo => silo == name).ShouldBeInRange(1, (PartitionMap.Count + silos - 1) / silos);
    }

    [Fact]
    public void Place_InAnyOrderOfSilos_IsTheSame() =>
        RendezvousPlacement.Place(["a", "b", "c"], 64).ShouldBe(RendezvousPlacement.Place(["c", "a", "b"], 64), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Place_WithOneMore_MovesLittleThatDoesNotGoToIt(int silos)
    {
        var names = Names(silos + 1);
        var newcomer = names[^1];
        var before = RendezvousPlacement.Place(names[..^1], PartitionMap.Count);
        var after = RendezvousPlacement.Place(names, PartitionMap.Count);

        after.Count(placed => placed.Value != before[placed.Key] && placed.Value != newcomer).ShouldBeLessThanOrEqualTo(MostMovedOnJoin);
        // It is not there for show either: what it gets is near its share.
        after.Values.Count(silo => silo == newcomer).ShouldBeGreaterThanOrEqualTo((PartitionMap.Count / (silos + 1)) - MostMovedOnJoin);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Place_WithoutAnyOne_MovesLittleThatWasNotItsOwn(int silos)
    {
        var names = Names(silos + 1);
        var before = RendezvousPlacement.Place(names, PartitionMap.Count);
        foreach (var lost in names)
        {
            var after = RendezvousPlacement.Place([.. names.Except([lost])], PartitionMap.Count);

            after.Values.ShouldNotContain(lost);
            after.Count(placed => before[placed.Key] != lost && placed.Value != before[placed.Key]).ShouldBeLessThanOrEqualTo(MostMovedOnLoss, $"of {silos + 1} without {lost}");
        }
    }

    /// <summary>Of the smaller cluster.</summary>
    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 9)];

    private static string[] Names(int silos) => [.. Enumerable.Range(1, silos).Select(static number => $"silo-{number}")];
}
