using System.Diagnostics;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Bench.Journal;

/// <summary>
/// What a grain store does without an event log: one prepared upsert of the state a change, each its own transaction,
/// on a table with the same key, state type and row-level security.
/// </summary>
internal sealed class SingleUpserts : IAsyncDisposable
{
    /// <summary>More connections than this make the server slower, not faster.</summary>
    private const int MostConnections = 32;

    private const string Table =
        """
        create table if not exists journal.bench_state (
            project_id varchar(64) collate "C" not null,
            grain_type text collate "C" not null,
            grain_key text collate "C" not null,
            version bigint not null,
            state json not null,
            primary key (project_id, grain_type, grain_key)
        ) with (fillfactor = 60);
        alter table journal.bench_state enable row level security;
        alter table journal.bench_state force row level security;
        drop policy if exists engine on journal.bench_state;
        create policy engine on journal.bench_state to awooop_engine using (true) with check (true);
        grant select, insert, update on journal.bench_state to awooop_engine;
        """;

    private const string Upsert =
        """
        insert into journal.bench_state as s (project_id, grain_type, grain_key, version, state) values ('awoooi', 'incident', $1, 1, $2)
        on conflict (project_id, grain_type, grain_key) do update set version = s.version + 1, state = excluded.state
        """;

    private static readonly ReadOnlyMemory<byte> State = Encoding.UTF8.GetBytes(Payload.OneKilobyte);

    private readonly NpgsqlDataSource _engine;

    public SingleUpserts(string engine) =>
        _engine = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(engine) { MaxPoolSize = MostConnections, MinPoolSize = MostConnections });

    public static async Task CreateTableAsync(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(Table);
        await command.ExecuteNonQueryAsync();
    }

    public Task CreateAsync(int grains) => WithConnectionsAsync(MostConnections, async (connection, upsert) =>
    {
        for (var number = connection; number < grains; number += MostConnections)
            await upsert(number);
    });

    /// <summary>Writers above the number of connections take turns on them, as they would on a pool.</summary>
    public async Task RunAsync(int writers, int grains, TimeSpan time, Measurement measurement)
    {
        var connections = Math.Min(writers, MostConnections);
        var startedAt = Stopwatch.GetTimestamp();
        await WithConnectionsAsync(connections, async (connection, upsert) =>
        {
            var random = new Random(connection);
            while (Stopwatch.GetElapsedTime(startedAt) < time)
            {
                var sentAt = Stopwatch.GetTimestamp();
                await upsert(random.Next(grains));
                measurement.Add(sentAt);
            }
        });
        measurement.Took(Stopwatch.GetElapsedTime(startedAt));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task WithConnectionsAsync(int connections, Func<int, Func<int, Task>, Task> run) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            await using var connection = await _engine.OpenConnectionAsync();
            var key = new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = "" };
            await using var command = new NpgsqlCommand(Upsert, connection)
            {
                Parameters = { key, new NpgsqlParameter<ReadOnlyMemory<byte>> { NpgsqlDbType = NpgsqlDbType.Json, TypedValue = State } },
            };
            await command.PrepareAsync();
            await run(number, async grain =>
            {
                key.TypedValue = $"awoooi/INC-20260115-{grain:X6}";
                await command.ExecuteNonQueryAsync();
            });
        })));
}
