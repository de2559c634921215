using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The silos and what they own, of one moment.</summary>
internal static class ReadCluster
{
    // The number is made of what only ever rises. A silo's three stages follow each other, and the next incarnation stands above them all.
    private const string Sql =
        """
        select s.silo_id, s.incarnation, s.fence, s.session_name, s.state = 'alive', s.lease_until < clock_timestamp(), s.leaving,
               s.address, s.version,
               array(select p.partition from journal.partition p where p.owner = s.silo_id and p.owner_incarnation = s.incarnation),
               (select sum(t.incarnation * 4 + case when t.state = 'dead' then 2 when t.leaving then 1 else 0 end) from journal.silo t)::bigint
                   + (select sum(p.epoch) from journal.partition p)::bigint
        from journal.silo s order by s.silo_id
        """;

    public static async Task<ClusterRows> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var silos = new List<SiloRow>();
        long number = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            silos.Add(new SiloRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5))
            {
                Leaving = reader.GetBoolean(6),
                Address = reader.IsDBNull(7) ? null : reader.GetString(7),
                Version = reader.GetString(8),
                Partitions = reader.GetFieldValue<short[]>(9),
            });
            number = reader.GetInt64(10);
        }

        return new ClusterRows(number, silos);
    }
}

internal sealed record ClusterRows(long Number, IReadOnlyList<SiloRow> Silos)
{
    public ClusterView ToView() => new(
        Number,
        [.. Silos.Select(static row => new ClusterMember(row.SiloId, row.Incarnation, row.Address, row.IsUp, row.Version, row.Leaving))],
        Silos.SelectMany(static row => row.Partitions, static (row, partition) => (row.SiloId, Partition: partition))
            .ToDictionary(static owned => owned.Partition, static owned => owned.SiloId));
}

/// <param name="LeaseRanOut">By PostgreSQL's clock.</param>
internal sealed record SiloRow(string SiloId, long Incarnation, int Fence, string SessionName, bool Alive, bool LeaseRanOut)
{
    public bool Leaving { get; init; }

    public string? Address { get; init; }

    public string Version { get; init; } = "";

    /// <summary>What this incarnation owns.</summary>
    public IReadOnlyList<short> Partitions { get; init; } = [];

    public bool IsUp => Alive && !LeaseRanOut;
}
