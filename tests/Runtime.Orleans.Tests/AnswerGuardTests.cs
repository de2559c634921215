using System.Diagnostics.Metrics;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Placement;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Runtime.Orleans.Tests;

/// <summary>A grain that was loaded while nothing might be told of it.</summary>
public sealed class AnswerGuardTests
{
    private static readonly GrainId Grain = GrainId.Create("incident", "awoooi/INC-1");
    private static readonly short Partition = PartitionMap.Of(new AggregateId("incident", "awoooi/INC-1"));

    private readonly IPartitionOwnership _ownership = Substitute.For<IPartitionOwnership>();
    private readonly IIncomingGrainCallContext _call = Substitute.For<IIncomingGrainCallContext>();
    private readonly IGrainContext _activation = Substitute.For<IGrainContext>();
    private readonly AnswerGuard _guard;

    public AnswerGuardTests()
    {
        var map = Substitute.For<IClusterMap>();
        map.Current.Returns(ClusterView.Empty);
        var sites = new PartitionSites(map, _ownership, Substitute.For<ILocalSiloDetails>());
        var meters = Substitute.For<IMeterFactory>();
        meters.Create(Arg.Any<MeterOptions>()).Returns(static call => new Meter(call.Arg<MeterOptions>()));
        var owned = new OwnedPartitions(new LeaseGuard(new FakeClock()), new SiloIdentity("silo-1", "silo-1"));
        _guard = new AnswerGuard(owned, sites, new EngineMetrics(meters, new PlacedActivations(sites)));
        _activation.GetComponent<PlacedActivation>().Returns(new PlacedActivation(_activation));
        _call.TargetContext.Returns(_activation);
        _call.TargetId.Returns(Grain);
    }

    [Fact]
    public async Task Call_WhileTheLeaseHasRunOut_IsToldSo()
    {
        _ownership.HasTaken(Partition).Returns(true);

        await Should.ThrowAsync<LeaseLostException>(() => _guard.Invoke(_call));
        await ShouldBeLeftAsync();
    }

    [Fact]
    public async Task Call_OnceThePartitionIsAnothers_IsToBeSentAgain()
    {
        await Should.ThrowAsync<ActivationLeftException>(() => _guard.Invoke(_call));
        await ShouldBeLeftAsync();
    }

    [Fact]
    public async Task Call_OnceTheLeaseRunsAgain_IsToBeSentAgain()
    {
        _ownership.HasTaken(Partition).Returns(true);
        _ownership.TenureOf(Partition).Returns(new PartitionTenure(Partition, new Incarnation(1, 1)));

        await Should.ThrowAsync<ActivationLeftException>(() => _guard.Invoke(_call));
        await ShouldBeLeftAsync();
    }

    private async Task ShouldBeLeftAsync()
    {
        _activation.ReceivedWithAnyArgs(1).Deactivate(default, default);
        await _call.DidNotReceive().Invoke();
    }
}
