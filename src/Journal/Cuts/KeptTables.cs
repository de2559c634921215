using AwoooP.Journal.Delivery.Projections;
using AwoooP.Journal.Delivery.Replay;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Cuts;

/// <summary>The record tables as they were at the cut, and how a rebuild begins with them.</summary>
internal static class KeptTables
{
    // A column that came after the cut has its default; one that is no more is left out; a table that came after the cut has no rows.
    private const string ColumnsSql =
        """
        select string_agg(quote_ident(k.attname), ', ' order by k.attnum)
        from pg_attribute k
        join pg_attribute c on c.attrelid = to_regclass($2) and c.attname = k.attname and c.attnum > 0 and not c.attisdropped and c.attgenerated = ''
        where k.attrelid = to_regclass($1) and k.attnum > 0 and not k.attisdropped
        """;

    private const string ReferencesSql =
        """
        select t.relname::text, r.relname::text
        from pg_constraint c
        join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
        where c.contype = 'f' and c.conrelid <> c.confrelid and t.relnamespace = to_regnamespace($1) and r.relnamespace = t.relnamespace
        """;

    /// <summary>Copies the kept rows of the shadows' tables into the shadows.</summary>
    public static async Task FillAsync(NpgsqlDataSource owner, ShadowTables shadow, LogCut cut, CancellationToken cancellationToken)
    {
        await using var transaction = await ProjectionTransaction.BeginAsync(owner, string.Join(',', cut.Projects), shadow.SearchPath, cancellationToken);
        foreach (var table in await ParentsFirstAsync(transaction.Connection, shadow, cancellationToken))
        {
            var (from, to) = (new TableName(LogCut.Schema, table.Name).Sql, new TableName(shadow.Schema, table.Name).Sql);
            if (await FindColumnsAsync(transaction.Connection, from, to, cancellationToken) is not { } columns)
                continue;

            await using var copy = new NpgsqlCommand($"insert into {to} ({columns}) select {columns} from {from}", transaction.Connection) { CommandTimeout = 0 };
            await copy.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<string?> FindColumnsAsync(NpgsqlConnection connection, string from, string to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ColumnsSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = from, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = to, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<List<TableName>> ParentsFirstAsync(NpgsqlConnection connection, ShadowTables shadow, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReferencesSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TableName.Quote(shadow.Schema), NpgsqlDbType = NpgsqlDbType.Text });
        var references = new List<(string Child, string Parent)>();
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                references.Add((rows.GetString(0), rows.GetString(1)));
        }

        var left = shadow.Tables.ToList();
        var ordered = new List<TableName>(left.Count);
        while (left.Count > 0)
        {
            var free = left.FindAll(table => !references.Exists(reference => reference.Child == table.Name && left.Exists(parent => parent.Name == reference.Parent)));
            if (free.Count == 0)
                throw new ReplayException($"The foreign keys of {string.Join(", ", left)} go in a circle: their rows at the cut cannot be taken up.");

            ordered.AddRange(free);
            left.RemoveAll(free.Contains);
        }

        return ordered;
    }
}
