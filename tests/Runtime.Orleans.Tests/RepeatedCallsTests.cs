using System.Diagnostics.Metrics;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Placement;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class RepeatedCallsTests
{
    private static readonly SiloAddress Own = SiloAddress.FromParsableString("127.0.0.1:7001@300");
    private static readonly GrainId Grain = GrainId.Create("incident", "awoooi/INC-1");

    private readonly IOutgoingGrainCallContext _call = Substitute.For<IOutgoingGrainCallContext>();
    private readonly OrleansEngineOptions _options = new() { SiloId = "silo-1", Address = Own };
    private readonly FakeClock _clock = new();
    private readonly RepeatedCalls _filter;
    private int _tries;

    public RepeatedCallsTests()
    {
        var map = Substitute.For<IClusterMap>();
        map.Current.Returns(ClusterView.Empty);
        var local = Substitute.For<ILocalSiloDetails>();
        local.SiloAddress.Returns(Own);
        var sites = new PartitionSites(map, Substitute.For<IPartitionOwnership>(), local);
        var meters = Substitute.For<IMeterFactory>();
        meters.Create(Arg.Any<MeterOptions>()).Returns(static call => new Meter(call.Arg<MeterOptions>()));
        _filter = new RepeatedCalls(sites, _options, new EngineMetrics(meters, new PlacedActivations(sites)), _clock);
        _call.TargetId.Returns(Grain);
        _call.InterfaceMethod.Returns(typeof(IAsked).GetMethod(nameof(IAsked.ChangeAsync))!);
    }

    [Fact]
    public async Task Call_ThatWasSurelyNotRun_IsSentAgain()
    {
        Fail(new ActivationLeftException(Grain));

        await InvokeAsync();

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Call_WhoseSiloWasLost_IsNotSentAgain()
    {
        Fail(new SiloUnavailableException());

        await Should.ThrowAsync<SiloUnavailableException>(InvokeAsync);
    }

    [Fact]
    public async Task Call_WhoseOutcomeIsRemembered_IsSentAgainWhenItsSiloWasLost()
    {
        _options.IsRepeatable = static _ => true;
        Fail(new SiloUnavailableException());

        await InvokeAsync();

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Read_WhoseSiloWasLost_IsSentAgain()
    {
        _call.InterfaceMethod.Returns(typeof(IAsked).GetMethod(nameof(IAsked.ReadAsync))!);
        Fail(new SiloUnavailableException());

        await InvokeAsync();

        _tries.ShouldBe(2);
    }

    [Fact]
    public async Task Call_ThatNoOwnerTakesWithinTheLimit_IsUnplaced()
    {
        _options.ParkLimit = TimeSpan.Zero;
        Fail(new ActivationLeftException(Grain));

        await Should.ThrowAsync<GrainUnplacedException>(InvokeAsync);
    }

    [Fact]
    public async Task Call_ThatMayHaveRunAndIsThenRefused_IsNotToldAsNotDone()
    {
        _options.IsRepeatable = static _ => true;
        _options.SaysNotDone = static fault => fault is InvalidDataException;
        Fail(new SiloUnavailableException(), new InvalidDataException("Nothing was changed."));

        await Should.ThrowAsync<SiloUnavailableException>(InvokeAsync);
    }

    /// <summary>What is sent again is so after a look at who owns what, or the time for one.</summary>
    private async Task InvokeAsync()
    {
        var calling = _filter.Invoke(_call);
        while (!calling.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await calling;
    }

    private void Fail(params Exception[] faults) =>
        _call.Invoke().Returns(_ => _tries++ < faults.Length ? Task.FromException(faults[_tries - 1]) : Task.CompletedTask);

    public interface IAsked : IGrainWithStringKey
    {
        Task ChangeAsync();

        [AlwaysInterleave]
        Task ReadAsync();
    }
}
