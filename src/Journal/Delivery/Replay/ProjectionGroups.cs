using AwoooP.Journal.Delivery.Projections;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>Which projections must be rebuilt together: those whose tables refer to each other, or that share one.</summary>
internal static class ProjectionGroups
{
    private const string Sql =
        """
        select n.nspname || '.' || t.relname, rn.nspname || '.' || r.relname
        from pg_constraint c
        join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
        join pg_class r on r.oid = c.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where c.contype = 'f' and n.nspname || '.' || t.relname = any($1) and rn.nspname || '.' || r.relname = any($1)
        """;

    /// <summary>The groups that hold a wanted projection, in the order in which they were registered.</summary>
    public static async Task<List<List<IProjection>>> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<IProjection> all, IReadOnlyCollection<IProjection> wanted, CancellationToken cancellationToken)
    {
        var group = Enumerable.Range(0, all.Count).ToArray();
        var ownerOf = new Dictionary<string, int>();
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var table in all[i].Tables.Select(table => TableName.Parse(table).ToString()))
            {
                if (!ownerOf.TryAdd(table, i))
                    Join(group, ownerOf[table], i);
            }
        }

        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ownerOf.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                Join(group, ownerOf[rows.GetString(0)], ownerOf[rows.GetString(1)]);
        }

        return [.. all.Select((projection, i) => (Projection: projection, Group: group[i]))
            .GroupBy(member => member.Group, member => member.Projection)
            .Where(members => members.Any(wanted.Contains))
            .Select(members => members.ToList())];
    }

    private static void Join(int[] group, int left, int right)
    {
        var (keep, drop) = (group[left], group[right]);
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i] == drop)
                group[i] = keep;
        }
    }
}
