using System.Net;
using System.Net.Sockets;
using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>A silo that is dead by the map, while its connections say nothing.</summary>
public sealed class DeadSiloTests : IAsyncLifetime
{
    /// <summary>Takes connections and never says a word.</summary>
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    private TestNode _one = null!;
    private TestNode _two = null!;
    private TestNode _three = null!;

    public async Task InitializeAsync()
    {
        _silent.Start();
        // No time-out of the transport may be what ends the waiting.
        _one = await TestNode.StartAsync("silo-1", connect: static options => options.HandshakeTimeout = options.PingTimeout = TimeSpan.FromMinutes(10));
        _two = await TestNode.StartAsync("silo-2");
        _three = await TestNode.StartAsync("silo-3");
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _three.DisposeAsync();
        _silent.Dispose();
    }

    [Fact]
    public async Task Read_UnderWay_IsReadAtTheNextOwner()
    {
        Place("p/a", _two);
        var first = new Gate();
        var reads = 0;
        var call = _one.Grain("p/a").ReadAsync((_, _) => Interlocked.Increment(ref reads) == 1 ? first.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await first.Reached;

        _one.Map.DeclareDead(_two.Member);
        Place("p/a", _three);

        await call;
        reads.ShouldBe(2);
        first.Open();
    }

    [Fact]
    public async Task Call_UnderWay_IsToldThatItMayHaveRun()
    {
        Place("p/a", _two);
        var gate = new Gate();
        var call = _one.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        _one.Map.DeclareDead(_two.Member);

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
    }

    [Fact]
    public async Task Call_ThatWaitsForAConnection_GoesToTheNextOwner()
    {
        var silent = Silent("silent");
        _one.Map.Learn("p/a", silent);
        var call = _one.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(_silent.Pending, "the silo is dialled");

        _one.Map.DeclareDead(silent);
        Place("p/a", _three);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Calls_ThatWaitForAConnection_AreCountedAmongThoseThatWait()
    {
        var silent = Silent("silent");
        _one.Map.Learn("p/a", silent);
        var calls = new[] { _one.Grain("p/a").AddAsync(1, 2), _one.Grain("p/a").AddAsync(2, 3) };

        _one.Engine.Cluster!.Router.Parked.ShouldBe(2);

        _one.Map.DeclareDead(silent);
        Place("p/a", _three);
        (await Task.WhenAll(calls)).ShouldBe([3, 5]);
        _one.Engine.Cluster!.Router.Parked.ShouldBe(0);
    }

    [Fact]
    public async Task Call_ThatWaitsForAConnection_GoesToTheNextIncarnationWhereverItIs()
    {
        _two.Map.Learn("p/a", _two.Member);
        _one.Map.Learn("p/a", Silent("silo-2") with { Incarnation = 0 });
        var call = _one.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(_silent.Pending, "the silo is dialled");

        _one.Map.Learn("p/a", _two.Member);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Link_ToASiloWhoseLeaseHasOnlyRunOut_Stays()
    {
        Place("p/a", _two);
        var gate = new Gate();
        var call = _one.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        _one.Map.Learn("p/a", _two.Member with { IsAlive = false });
        gate.Open();

        await call;
    }

    private void Place(string key, TestNode owner) => TestNode.Place(key, owner, _one);

    private ClusterMember Silent(string siloId) => new(siloId, 1, _silent.LocalEndpoint.ToString(), IsAlive: true, "test");
}
