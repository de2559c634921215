using AwoooP.Journal.Membership;

namespace AwoooP.Journal.Tests.Lease;

public sealed class RendezvousPlacementTests
{
    [Fact]
    public void Place_OneSilo_GetsEverything() =>
        RendezvousPlacement.Place(["only"], PartitionMap.Count).Values.ShouldAllBe(silo => silo == "only");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Place_SeveralSilos_NoneExceedsItsShare(int silos)
    {
        var names = Enumerable.Range(1, silos).Select(number => $"silo-{number}").ToArray();
        var placed = RendezvousPlacement.Place(names, PartitionMap.Count);

        placed.Count.ShouldBe(PartitionMap.Count);
        foreach (var name in names)
            placed.Values.Count(silo => silo == name).ShouldBeInRange(1, (PartitionMap.Count + silos - 1) / silos);
    }

    [Fact]
    public void Place_InAnyOrderOfSilos_IsTheSame() =>
        RendezvousPlacement.Place(["a", "b", "c"], 64).ShouldBe(RendezvousPlacement.Place(["c", "a", "b"], 64), ignoreOrder: true);
}
