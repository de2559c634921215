using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The silos and what they own, of one moment.</summary>
internal static class ReadCluster
{
    // The number is made of what only ever rises. A silo's three stages follow each other, and the next incarnation stands above them all.
    private const string Sql =
        """
        select s.silo_id, s.incarnation, s.fence, s.session_name, s.state = 'alive', s.lease_until - clock_timestamp(), s.leaving,
               s.address, s.version,
               array(select p.partition from journal.partition p where p.owner = s.silo_id and p.owner_incarnation = s.incarnation),
               (select sum(t.incarnation * 4 + case when t.state = 'dead' then 2 when t.leaving then 1 else 0 end) from journal.silo t)::bigint
                   + (select sum(p.epoch) from journal.partition p)::bigint,
               clock_timestamp(), s.lease_until, s.lease
        from journal.silo s order by s.silo_id
        """;

    public static async Task<ClusterRows> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var silos = new List<SiloRow>();
        long number = 0;
        DateTimeOffset? serverTime = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            silos.Add(new SiloRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4), reader.GetTimeSpan(5))
            {
                LeaseUntil = reader.GetFieldValue<DateTimeOffset>(12),
                Lease = reader.GetTimeSpan(13),
                Leaving = reader.GetBoolean(6),
                Address = reader.IsDBNull(7) ? null : reader.GetString(7),
                Version = reader.GetString(8),
                Partitions = reader.GetFieldValue<short[]>(9),
            });
            number = reader.GetInt64(10);
            serverTime = reader.GetFieldValue<DateTimeOffset>(11);
        }

        return new ClusterRows(number, silos) { ServerTime = serverTime };
    }
}
