using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Placement;
using NSubstitute;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class PartitionSitesTests
{
    private static readonly SiloAddress Own = SiloAddress.FromParsableString("127.0.0.1:7001@300");
    private static readonly SiloAddress Other = SiloAddress.FromParsableString("127.0.0.1:7002@200");
    private static readonly GrainId Grain = GrainId.Create("incident", "awoooi/INC-1");

    private readonly IClusterMap _map = Substitute.For<IClusterMap>();
    private readonly IPartitionOwnership _ownership = Substitute.For<IPartitionOwnership>();
    private readonly PartitionSites _sites;
    private readonly short _partition = PartitionMap.Of(new AggregateId("incident", "awoooi/INC-1"));

    public PartitionSitesTests()
    {
        var local = Substitute.For<ILocalSiloDetails>();
        local.SiloAddress.Returns(Own);
        _ownership.SiloId.Returns("silo-1");
        Show("silo-2");
        _sites = new PartitionSites(_map, _ownership, local);
    }

    [Fact]
    public void PartitionOf_AGrain_IsThatOfItsAggregate() => _sites.PartitionOf(Grain).ShouldBe(_partition);

    [Fact]
    public void Find_WhatThisSiloHasTaken_IsHereWhateverTheMapHas()
    {
        _ownership.HasTaken(_partition).Returns(true);

        _sites.Find(Grain).ShouldBe(Own);
    }

    [Fact]
    public void Find_WhatAnotherSiloOwns_IsThere() => _sites.Find(Grain).ShouldBe(Other);

    [Fact]
    public void Find_WhatTheMapStillHasAsThisSilos_IsNowhere()
    {
        Show("silo-1");

        _sites.Find(Grain).ShouldBeNull();
    }

    [Fact]
    public void Find_WhatIsBeingHandedOver_IsNowhereUntilItIsKept()
    {
        _ownership.HasTaken(_partition).Returns(true);
        _sites.Leave(new HashSet<short> { _partition });
        _sites.Find(Grain).ShouldBeNull();

        _sites.Keep(new HashSet<short> { _partition });

        _sites.Find(Grain).ShouldBe(Own);
    }

    [Fact]
    public void Find_WhatWasHandedOver_IsAtItsNextOwner()
    {
        _ownership.HasTaken(_partition).Returns(true);
        _sites.Leave(new HashSet<short> { _partition });

        _ownership.HasTaken(_partition).Returns(false);
        _ownership.Changed += Raise.Event<Action>();

        _sites.Find(Grain).ShouldBe(Other);
    }

    [Fact]
    public void Changed_WhenTheMapShowsSomethingElse_IsDone()
    {
        var changed = _sites.Changed;

        _map.Changed += Raise.Event<Action>();

        changed.IsCompleted.ShouldBeTrue();
        _sites.Changed.IsCompleted.ShouldBeFalse();
    }

    private void Show(string owner) => _map.Current.Returns(new ClusterView(
        1,
        [new ClusterMember("silo-1", 1, Own.ToParsableString(), true, ""), new ClusterMember("silo-2", 1, Other.ToParsableString(), true, "")],
        new Dictionary<short, string> { [_partition] = owner }));
}
