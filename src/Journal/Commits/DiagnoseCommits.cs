using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits;

/// <summary>After a batch was refused for a conflict: which of its commits stand in the way, and what each is to be told.</summary>
internal static class DiagnoseCommits
{
    private const string Aggregates =
        """
        select c.number::integer, k.generation, k.partition, k.seq, k.outcome, k.command_id is not null,
            coalesce(g.version, 0) <> c.expected
        from unnest($1, $2, $3, $4, $5) with ordinality as c (project, type, key, expected, command, number)
        left join journal.grain g on g.project_id = c.project and g.grain_type = c.type and g.grain_key = c.key
        left join journal.command k on k.project_id = c.project and k.grain_type = c.type and k.grain_key = c.key
            and k.command_id = c.command and k.expires_at > clock_timestamp()
        where k.command_id is not null or coalesce(g.version, 0) <> c.expected
        """;

    private const string Claims =
        """
        select n.number, n.kind, n.name, held.grain_type, held.grain_key
        from unnest($1, $2, $3, $4, $5, $6) as n (number, project, type, key, kind, name)
        join journal.claim held on held.project_id = n.project and held.kind = n.kind and held.key = n.name
        where (held.grain_type, held.grain_key) <> (n.type, n.key)
        """;

    /// <summary>The outcomes of the offenders, by their place in the list. A repeated command comes before a version conflict, and that before a claim.</summary>
    public static async Task<Dictionary<int, CommitOutcome>> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingCommit> commits, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<int, CommitOutcome>();
        await FindAggregatesAsync(connection, commits, outcomes, cancellationToken);
        if (commits.Any(pending => pending.Commit.Claims.Count > 0))
            await FindClaimsAsync(connection, commits, outcomes, cancellationToken);
        return outcomes;
    }

    private static async Task FindAggregatesAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingCommit> commits, Dictionary<int, CommitOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Aggregates, connection);
        AddArray(command, NpgsqlDbType.Text, commits.Select(pending => pending.Commit.Id.ProjectId));
        AddArray(command, NpgsqlDbType.Text, commits.Select(pending => pending.Commit.Id.Type));
        AddArray(command, NpgsqlDbType.Text, commits.Select(pending => pending.Commit.Id.Key));
        AddArray(command, NpgsqlDbType.Bigint, commits.Select(pending => pending.Commit.ExpectedVersion));
        AddArray(command, NpgsqlDbType.Uuid, commits.Select(pending => pending.Commit.CommandId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = reader.GetInt32(0) - 1;
            outcomes[place] = reader.GetBoolean(5)
                ? new CommitOutcome(
                    CommitStatus.Repeated,
                    new Position(reader.GetInt16(1), reader.GetInt16(2), reader.GetInt64(3)),
                    reader.IsDBNull(4) ? default(ReadOnlyMemory<byte>) : reader.GetFieldValue<byte[]>(4))
                : new CommitOutcome(CommitStatus.VersionConflict);
        }
    }

    private static async Task FindClaimsAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingCommit> commits, Dictionary<int, CommitOutcome> outcomes, CancellationToken cancellationToken)
    {
        var takes = commits
            .SelectMany((pending, place) => pending.Commit.Claims.Where(claim => !claim.Release).Select(claim => (Place: place, pending.Commit.Id, Claim: claim)))
            .ToList();
        await using var command = new NpgsqlCommand(Claims, connection);
        AddArray(command, NpgsqlDbType.Integer, takes.Select(take => take.Place));
        AddArray(command, NpgsqlDbType.Text, takes.Select(take => take.Id.ProjectId));
        AddArray(command, NpgsqlDbType.Text, takes.Select(take => take.Id.Type));
        AddArray(command, NpgsqlDbType.Text, takes.Select(take => take.Id.Key));
        AddArray(command, NpgsqlDbType.Text, takes.Select(take => take.Claim.Kind));
        AddArray(command, NpgsqlDbType.Text, takes.Select(take => take.Claim.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var holder = new AggregateId(reader.GetString(3), reader.GetString(4));
            outcomes.TryAdd(
                reader.GetInt32(0),
                new CommitOutcome(CommitStatus.ClaimTaken, Holder: holder, Claim: new ClaimChange(reader.GetString(1), reader.GetString(2))));
        }
    }

    private static void AddArray<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. values] });
}
