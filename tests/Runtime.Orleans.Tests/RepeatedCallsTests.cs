using System.Diagnostics.Metrics;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Placement;
using NSubstitute;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class RepeatedCallsTests
{
    private readonly IOutgoingGrainCallContext _call = Substitute.For<IOutgoingGrainCallContext>();
    private readonly OrleansEngineOptions _options = new();
    private readonly RepeatedCalls _filter;
    private int _tries;

    public RepeatedCallsTests()
    {
        var map = Substitute.For<IClusterMap>();
        map.Current.Returns(ClusterView.Empty);
        var local = Substitute.For<ILocalSiloDetails>();
        local.SiloAddress.Returns(SiloAddress.FromParsableString("127.0.0.1:7001@300"));
        var sites = new PartitionSites(map, Substitute.For<IPartitionOwnership>(), local);
        var meters = Substitute.For<IMeterFactory>();
        meters.Create(Arg.Any<MeterOptions>()).Returns(static call => new Meter(call.Arg<MeterOptions>()));
        _filter = new RepeatedCalls(sites, _options, new EngineMetrics(meters, new PlacedActivations(sites)), TimeProvider.System);
        _call.TargetId.Returns(GrainId.Create("incident", "awoooi/INC-1"));
        _call.InterfaceMethod.Returns(typeof(IAsked).GetMethod(nameof(IAsked.ChangeAsync))!);
    }

    [Fact]
    public async Task Call_ThatWasSurelyNotRun_IsSentAgain()
    {
        FailOnce(new OrleansMessageRejectionException("no such silo"));

        await _filter.Invoke(_call);

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Call_WhoseSiloWasLost_IsNotSentAgain()
    {
        FailOnce(new SiloUnavailableException());

        await Should.ThrowAsync<SiloUnavailableException>(() => _filter.Invoke(_call));
    }

    [Fact]
    public async Task Call_WhoseOutcomeIsRemembered_IsSentAgainWhenItsSiloWasLost()
    {
        _options.IsRepeatable = static _ => true;
        FailOnce(new SiloUnavailableException());

        await _filter.Invoke(_call);

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Read_WhoseSiloWasLost_IsSentAgain()
    {
        _call.InterfaceMethod.Returns(typeof(IAsked).GetMethod(nameof(IAsked.ReadAsync))!);
        FailOnce(new SiloUnavailableException());

        await _filter.Invoke(_call);

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Call_ThatFailsPastTheLimit_TellsItsCaller()
    {
        _options.ParkLimit = TimeSpan.Zero;
        FailOnce(new OrleansMessageRejectionException("no such silo"));

        await Should.ThrowAsync<OrleansMessageRejectionException>(() => _filter.Invoke(_call));
    }

    private void FailOnce(Exception fault) => _call.Invoke().Returns(_ => ++_tries == 1 ? Task.FromException(fault) : Task.CompletedTask);

    public interface IAsked : IGrainWithStringKey
    {
        Task ChangeAsync();

        [AlwaysInterleave]
        Task ReadAsync();
    }
}
