using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>Silos come and go; the partitions follow them, few at a time, and nothing is lost on the way.</summary>
public sealed class RebalanceTests : IAsyncLifetime
{
    private const int Writers = 24;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly PostgresFixture _postgres = new();

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Silo_ThatJoins_GetsItsShareAndNoOtherPartitionMoves()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        await cluster.StartAsync("a");
        await cluster.StartAsync("b");
        await cluster.UntilSharedAsync();
        var (a, b) = (TestCluster.OwnedBy(cluster["a"]).Owned, TestCluster.OwnedBy(cluster["b"]).Owned);

        await cluster.StartAsync("c");
        await cluster.UntilSharedAsync();

        var stayed = TestCluster.OwnedBy(cluster["a"]).Owned.Intersect(a).Count() + TestCluster.OwnedBy(cluster["b"]).Owned.Intersect(b).Count();
        var third = TestCluster.OwnedBy(cluster["c"]).Owned.Count;
        (PartitionMap.Count - stayed).ShouldBeInRange(third, third + 16);
    }

    [Fact]
    public async Task Silos_ThatJoinAtOnce_ShareThePartitions()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);

        await Task.WhenAll(cluster.StartAsync("a"), cluster.StartAsync("b"), cluster.StartAsync("c"));

        await cluster.UntilSharedAsync();
        cluster.FindOwnedTwice().ShouldBeEmpty();
    }

    [Fact]
    public async Task Silos_ThatComeAndGoUnderLoad_LoseNothingAndDoubleNothing()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        await cluster.StartAsync("a");
        var ledger = new CommitLedger();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Writers)
            .Select(writer => Task.Run(() => ledger.WriteAsync(Some.Id($"moved-{writer}"), cluster.JournalOf, stop.Token))).ToList();
        var watch = Task.Run(() => WatchAsync(cluster, stop.Token));

        await UntilMoreAsync(ledger);
        await cluster.StartAsync("b");
        await cluster.UntilSharedAsync();
        await UntilMoreAsync(ledger);
        await cluster.StartAsync("c");
        await UntilMoreAsync(ledger);
        await cluster.StopAsync("a");
        await cluster.UntilSharedAsync();
        await UntilMoreAsync(ledger);
        await cluster.StartAsync("a");
        await cluster.StopAsync("b");
        await cluster.UntilSharedAsync();
        await UntilMoreAsync(ledger);

        await stop.CancelAsync();
        await Task.WhenAll(load);
        (await watch).ShouldBeEmpty();
        ledger.Has(CommitStatus.Unknown).ShouldBeFalse();
        ledger.Has(CommitStatus.VersionConflict).ShouldBeFalse();
        await ledger.CheckAsync(_postgres.Endpoints.Engine);
    }

    [Fact]
    public async Task Silo_ThatLeaves_HandsOverWhileItStillServes()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        await cluster.StartAsync("a", TimeSpan.FromMinutes(1));
        await cluster.StartAsync("b", TimeSpan.FromMinutes(1));
        await cluster.UntilSharedAsync();
        var leaving = cluster["a"].Services;

        await Membership(leaving).StoppingAsync(default);

        cluster["a"].Health.IsReady.ShouldBeTrue();
        TestCluster.OwnedBy(cluster["a"]).Owned.ShouldBeEmpty();
        await Eventually.BecomesTrueAsync(() => TestCluster.OwnedBy(cluster["b"]).Owned.Count == PartitionMap.Count, "the other has taken them");
        await Eventually.BecomesTrueAsync(
            () => Map(leaving).Current.OwnerOf(0)?.SiloId == "b" && Map(leaving).Current.Members.Single(member => member.SiloId == "a") is { IsAlive: true, IsLeaving: true },
            "the one that leaves knows where they are");
    }

    [Fact]
    public async Task Silos_ThatLeaveTogether_WaitForNobodyToTakeOver()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var silos = await Task.WhenAll(new[] { "a", "b", "c" }.Select(silo => cluster.StartAsync(silo, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1))));
        await cluster.UntilSharedAsync();

        // One that waited would give up after twice the time of a release.
        await Task.WhenAll(silos.Select(static silo => Membership(silo.Services).StoppingAsync(default))).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Silo_ThatTakesNoCallsYet_JoinsOnlyOnceItDoes()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        await cluster.StartAsync("a");
        var gate = new Gate();

        var joining = cluster.StartAsync("b", register: services => services.AddSingleton<IJoinGate>(gate));
        await gate.IsWaitedFor.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await using (var count = _postgres.Superuser.CreateCommand("select count(*) from journal.silo where silo_id = 'b'"))
            (await count.ExecuteScalarAsync()).ShouldBe(0L);
        gate.Opens.SetResult();
        await joining;
        await cluster.UntilSharedAsync();
    }

    private static Task UntilMoreAsync(CommitLedger ledger)
    {
        var before = ledger.Committed;
        return Eventually.BecomesTrueAsync(() => ledger.Committed > before + 200, "the load goes on");
    }

    private static async Task<List<short>> WatchAsync(TestCluster cluster, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (cluster.FindOwnedTwice() is { Count: > 0 } twice)
                return [.. twice];
            await Task.Delay(Look, CancellationToken.None);
        }

        return [];
    }

    private static SiloMembership Membership(IServiceProvider services) => services.GetRequiredService<SiloMembership>();

    private static IClusterMap Map(IServiceProvider services) => services.GetRequiredService<IClusterMap>();

    private sealed class Gate : IJoinGate
    {
        public TaskCompletionSource IsWaitedFor { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opens { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Opened
        {
            get
            {
                IsWaitedFor.TrySetResult();
                return Opens.Task;
            }
        }
    }
}
