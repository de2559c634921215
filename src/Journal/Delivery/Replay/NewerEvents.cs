using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// What the log has that this build cannot read: its projections do not ask for types that they do not know, so tables that it makes would lack
/// what a newer build has told in them, and nothing would show it. One for all that is made at a time: what it has looked through it does not read again.
/// </summary>
internal sealed class NewerEvents(IKnownEvents known)
{
    // Each range by itself in the index of every month, however many there are: the lateral query cannot become a join that reads the log whole.
    internal const string RangesSql =
        """
        select distinct t.type, t.type_version
        from unnest($1::smallint[], $2::bigint[], $3::bigint[]) r (partition, after, up_to)
        cross join lateral (
            select distinct e.type, e.type_version from journal.event e where e.partition = r.partition and e.seq > r.after and e.seq <= r.up_to) t
        order by t.type, t.type_version
        """;

    // The numbers of a partition are committed in their order, so all up to the last one that is seen are seen.
    private const string LogSql =
        """
        select e.type, e.type_version, e.partition, max(e.seq)
        from journal.event e
        group by e.type, e.type_version, e.partition
        order by e.type, e.type_version
        """;

    private readonly Dictionary<short, long> _lookedThrough = [];

    /// <summary>Looks through the whole log.</summary>
    /// <exception cref="ReplayException">It has events of a newer build.</exception>
    public async Task RefuseAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var command = CommandOf(owner, LogSql);
        Refuse(await DescribeAsync(command, row => NoteLookedThrough(row.GetInt16(2), row.GetInt64(3)), cancellationToken));
    }

    /// <param name="ranges">For each partition: after which sequence number, and up to which.</param>
    /// <exception cref="ReplayException">There are events of a newer build.</exception>
    public async Task RefuseAsync(NpgsqlConnection owner, IReadOnlyList<(short Partition, long After, long UpTo)> ranges, CancellationToken cancellationToken) =>
        Refuse(await FindAsync(owner, ranges, cancellationToken));

    /// <param name="ranges">For each partition: after which sequence number, and up to which.</param>
    /// <returns>A sentence, or null when all is known.</returns>
    public async Task<string?> FindAsync(NpgsqlConnection owner, IReadOnlyList<(short Partition, long After, long UpTo)> ranges, CancellationToken cancellationToken)
    {
        var open = ranges
            .Select(range => (range.Partition, After: Math.Max(range.After, _lookedThrough.GetValueOrDefault(range.Partition)), range.UpTo))
            .Where(static range => range.UpTo > range.After)
            .ToList();
        if (open.Count == 0)
            return null;

        await using var command = CommandOf(owner, RangesSql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. open.Select(static range => range.Partition)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. open.Select(static range => range.After)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. open.Select(static range => range.UpTo)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var newer = await DescribeAsync(command, static _ => { }, cancellationToken);
        if (newer is null)
        {
            foreach (var (partition, _, upTo) in open)
                NoteLookedThrough(partition, upTo);
        }

        return newer;
    }

    private async Task<string?> DescribeAsync(NpgsqlCommand command, Action<NpgsqlDataReader> note, CancellationToken cancellationToken)
    {
        var unknown = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            note(rows);
            var (type, version) = (rows.GetString(0), rows.GetInt16(1));
            if (!known.Contains(type, version))
                unknown.Add(string.Create(CultureInfo.InvariantCulture, $"{type} version {version}"));
        }

        return unknown.Count == 0 ? null : $"The log has events of a newer build ({string.Join(", ", unknown.Distinct(StringComparer.Ordinal))}): run this with that build.";
    }

    private void NoteLookedThrough(short partition, long seq) =>
        _lookedThrough[partition] = Math.Max(seq, _lookedThrough.GetValueOrDefault(partition));

    private static void Refuse(string? newer)
    {
        if (newer is not null)
            throw new ReplayException(newer);
    }

    /// <summary>The log is long.</summary>
    private static NpgsqlCommand CommandOf(NpgsqlConnection owner, string sql) => new(sql, owner) { CommandTimeout = 0 };
}
