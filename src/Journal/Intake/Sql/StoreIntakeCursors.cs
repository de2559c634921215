using Npgsql;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>Stores how far streams have been worked off. It only moves forward.</summary>
internal sealed class StoreIntakeCursors(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        insert into journal.cursor as c (consumer, partition, generation, seq)
        select s.consumer, s.partition, $4, s.seq from unnest($1::text[], $2::smallint[], $3::bigint[]) s(consumer, partition, seq)
        on conflict (consumer, partition) do update set seq = excluded.seq, moved_at = clock_timestamp() where c.seq < excluded.seq
        """;

    public static string Consumer(string kind) => "intake:" + kind;

    public async Task ExecuteAsync(IReadOnlyList<(IntakeStream Stream, long Seq)> moves, short generation, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. moves.Select(move => Consumer(move.Stream.Kind))] });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. moves.Select(move => move.Stream.Partition)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. moves.Select(move => move.Seq)] });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = generation });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
