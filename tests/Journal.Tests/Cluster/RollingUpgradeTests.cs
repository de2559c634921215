using AwoooP.Journal.Delivery;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>Silos of two builds, of which the newer one writes an event that the older one does not know.</summary>
public sealed class RollingUpgradeTests : IAsyncLifetime
{
    private const string Old = "noted";
    private const string New = "renoted";

    private readonly PostgresFixture _postgres = new();

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await using var create = _postgres.Owner.CreateCommand(NoteProjection.TableSql);
        await create.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task EventOfTheNewerBuild_WhosePartitionMovesToAnOlderSiloAndBack_IsLostToNoConsumer()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var first = new Consumers(Old, New) { AreAway = true };
        var older = new Consumers(Old);
        var last = new Consumers(Old, New);
        await cluster.StartAsync("newer", register: first.Register);
        List<Position> positions = [];
        for (var i = 0; i < 20; i++)
        {
            foreach (var (version, type) in ((string[])[Old, New, Old]).Index())
                positions.Add((await cluster["newer"].Journal.CommitAsync(Some.Commit(Some.Id($"note-{i}"), version, type: type), default)).Position);
        }

        await cluster.StartAsync("older", register: older.Register);
        await cluster.StopAsync("newer");
        await Eventually.BecomesTrueAsync(() => AllAreStuck(cluster["older"]), "every consumer of the older silo says what it waits for");
        foreach (var consumer in StatusOf(cluster["older"]))
        {
            consumer.Fault.ShouldStartWith($"{New} version 1 at ");
            consumer.Lag.ShouldBeGreaterThanOrEqualTo(40);
        }

        (await CountAsync($"select count(*) from journal.cursor c join journal.event e using (partition) where c.consumer in ('notes', 'reaction', 'subscription') and e.type = '{New}' and c.seq >= e.seq"))
            .ShouldBe(0, "no position passes an event that the older build does not know");

        await cluster.StartAsync("again", register: last.Register);
        await cluster.StopAsync("older");
        await Eventually.BecomesTrueAsync(async () => await CountAsync("select count(*) from records.note") >= positions.Count, "every event is projected");
        await Eventually.BecomesTrueAsync(() => older.Reacted.Concat(last.Reacted).ToHashSet().IsSupersetOf(positions), "every event is reacted to");
        await Eventually.BecomesTrueAsync(
            () => older.Followed.Concat(last.Followed).ToHashSet().IsSupersetOf(positions.Select(static position => (position.Partition, position.Seq))),
            "every event is followed");

        (await CountAsync("select count(distinct (partition, seq)) from records.note")).ShouldBe(positions.Count);
        (await CountAsync("select count(*) from records.note")).ShouldBe(positions.Count);
        (await CountAsync("select count(*) from journal.dead_letter")).ShouldBe(0);
        first.Reacted.ShouldBeEmpty();
    }

    private static bool AllAreStuck(JournalHost host) =>
        TestCluster.OwnedBy(host).Owned.Count == PartitionMap.Count && StatusOf(host).All(static consumer => consumer.IsStuck);

    private static IReadOnlyList<ConsumerStatus> StatusOf(JournalHost host) => host.Services.GetRequiredService<IDeliveryStatus>().Read().Consumers;

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _postgres.Superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>One build's consumers, which want all that it knows.</summary>
    private sealed class Consumers(params string[] types)
    {
        private readonly RecordingReaction _reaction = new() { EventTypes = types.ToHashSet() };
        private readonly RecordingSubscription _subscription = new() { EventTypes = types.ToHashSet() };

        /// <summary>Whether nothing that it delivers arrives.</summary>
        public bool AreAway { get; init; }

        public IReadOnlyList<Position> Reacted => _reaction.Seen;

        public IEnumerable<(short Partition, long Seq)> Followed => _subscription.Batches.SelectMany(
            static batch => batch.Seqs.Select(seq => (batch.Partition, seq)));

        public void Register(IServiceCollection services)
        {
            var projection = new NoteProjection { EventTypes = types.ToHashSet() };
            if (AreAway)
            {
                projection.Before = static (_, _) => throw new JournalUnavailableException("away");
                _reaction.Before = static _ => throw new JournalUnavailableException("away");
                _subscription.Before = static _ => throw new JournalUnavailableException("away");
            }

            services.AddSingleton<IProjection>(projection);
            services.AddSingleton<IReaction>(_reaction);
            services.AddSingleton<ISubscription>(_subscription);
            services.AddSingleton<IKnownEvents>(new KnownTypes(types));
            services.AddDelivery(static options =>
            {
                options.StuckAfter = 3;
                options.MaxBackOff = TimeSpan.FromMilliseconds(200);
            });
        }
    }
}
