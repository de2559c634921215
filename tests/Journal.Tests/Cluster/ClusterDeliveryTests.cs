using AwoooP.Journal.Delivery;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>Delivery follows the partitions from silo to silo, and what one silo commits is seen at the other.</summary>
public sealed class ClusterDeliveryTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await using var create = _postgres.Owner.CreateCommand(NoteProjection.TableSql);
        await create.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Events_OfPartitionsThatMove_AreProjectedOnceEach()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        await cluster.StartAsync("a", register: Register);
        var ledger = new CommitLedger();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8)
            .Select(writer => Task.Run(() => ledger.WriteAsync(Some.Id($"projected-{writer}"), cluster.JournalOf, stop.Token))).ToList();

        await UntilMoreAsync(ledger);
        await cluster.StartAsync("b", register: Register);
        await cluster.UntilSharedAsync();
        await UntilMoreAsync(ledger);
        await cluster.StopAsync("a");
        await UntilMoreAsync(ledger);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        await Eventually.BecomesTrueAsync(
            async () => await CountAsync("select count(*) from records.note") >= await CountAsync("select count(*) from journal.event"), "every event is projected");
        (await CountAsync("select count(*) from records.note")).ShouldBe(await CountAsync("select count(distinct (partition, seq)) from records.note"));
        (await CountAsync("select count(*) from journal.dead_letter")).ShouldBe(0);
    }

    [Fact]
    public async Task Event_CommittedAtOneSilo_IsSeenLiveAndByTheBarrierOfTheOther()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var a = await cluster.StartAsync("a", register: Register);
        var b = await cluster.StartAsync("b", register: Register);
        await cluster.UntilSharedAsync();
        var id = Enumerable.Range(0, int.MaxValue).Select(number => Some.Id($"seen-{number}")).First(id => TestCluster.OwnedBy(a).Contains(PartitionMap.Of(id)));
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var reader = b.Services.GetRequiredService<ILiveFeed>().ReadAsync(ending.Token).GetAsyncEnumerator();

        // The first word is the gap: what was before, the reader finds for itself.
        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();
        var outcome = await a.Journal.CommitAsync(Some.Commit(id, 0), default);
        (await reader.MoveNextAsync()).ShouldBeTrue();

        reader.Current.ShouldBeOfType<LiveEvent>().Event.Position.ShouldBe(outcome.Position);
        (await b.Services.GetRequiredService<IPositionWaiter>().WaitAsync(outcome.Position, TimeSpan.FromSeconds(60), default)).ShouldBeTrue();
        (await CountAsync("select count(*) from records.note")).ShouldBe(1);
    }

    private static void Register(IServiceCollection services)
    {
        services.AddSingleton<IProjection>(new NoteProjection { EventTypes = new HashSet<string> { "changed" } });
        services.AddSingleton<IKnownEvents>(new EveryEvent());
        services.AddDelivery(options => options.TailInterval = TimeSpan.FromMilliseconds(100));
    }

    private static Task UntilMoreAsync(CommitLedger ledger)
    {
        var before = ledger.Committed;
        return Eventually.BecomesTrueAsync(() => ledger.Committed > before + 50, "the load goes on");
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _postgres.Superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
