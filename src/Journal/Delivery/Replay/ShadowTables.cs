using AwoooP.Journal.Delivery.Projections;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>Empty copies of some tables in a schema of their own, alike in all but place, and their swap with the originals.</summary>
internal sealed class ShadowTables
{
    private readonly Dictionary<TableName, uint> _oids;

    private ShadowTables(string schema, Dictionary<TableName, uint> oids)
    {
        Schema = schema;
        _oids = oids;
    }

    public string Schema { get; }

    public IReadOnlyCollection<TableName> Tables => _oids.Keys;

    /// <summary>Finds the shadows first, and then types and functions where the originals find them.</summary>
    public string SearchPath => string.Join(
        ", ", _oids.Keys.Select(table => table.Schema).Distinct(StringComparer.Ordinal).Prepend(Schema).Select(TableName.Quote));

    /// <exception cref="ReplayException">A table is missing, or of a kind that cannot be swapped.</exception>
    public static async Task<ShadowTables> CreateAsync(
        NpgsqlConnection connection, string schema, IReadOnlyCollection<TableName> tables, CancellationToken cancellationToken)
    {
        if (tables.CountBy(table => table.Name).Any(name => name.Value > 1))
            throw new ReplayException("Two tables of one rebuild bear the same name in different schemas.");

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "set local search_path = ''", cancellationToken);
        var oids = new Dictionary<TableName, uint>();
        foreach (var table in tables)
        {
            await using var find = new NpgsqlCommand("select to_regclass($1)::oid", connection);
            find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Sql });
            oids[table] = await find.ExecuteScalarAsync(cancellationToken) is uint oid
                ? oid
                : throw new ReplayException($"There is no table {table}.");
        }

        var shadow = new ShadowTables(schema, oids);
        var obstacles = await shadow.ReadForAllAsync(connection, ShadowSql.Obstacles, cancellationToken);
        if (obstacles.Count > 0)
            throw new ReplayException("The tables cannot be rebuilt: " + string.Join("; ", obstacles) + ".");

        // Left by a rebuild that was killed.
        await ExecuteAsync(connection, $"drop schema if exists {TableName.Quote(schema)} cascade", cancellationToken);
        await ExecuteAsync(connection, $"create schema {TableName.Quote(schema)}", cancellationToken);
        await shadow.RunForEachAsync(connection, ShadowSql.Before, cancellationToken);
        await shadow.RunForEachAsync(connection, [ShadowSql.ForeignKeys], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return shadow;
    }

    /// <summary>Gives the shadows what the originals have besides rows; before the swap, since it takes no lock on those.</summary>
    public async Task FinishAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "set local search_path = ''", cancellationToken);
        await RunForEachAsync(connection, ShadowSql.After, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <param name="mode">The lock's mode as SQL.</param>
    public Task LockOriginalsAsync(NpgsqlConnection connection, string mode, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"lock table {string.Join(", ", _oids.Keys.Order(ByName).Select(table => table.Sql))} in {mode} mode", cancellationToken);

    /// <summary>Inside the transaction that holds the originals locked exclusively.</summary>
    public async Task SwapAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "set local search_path = ''", cancellationToken);
        var views = await ReadForAllAsync(connection, ShadowSql.Views, cancellationToken);
        var old = TableName.Quote(Schema + "_old");
        await ExecuteAsync(connection, $"create schema {old}", cancellationToken);
        foreach (var table in _oids.Keys)
        {
            await ExecuteAsync(connection, $"alter table {table.Sql} set schema {old}", cancellationToken);
            await ExecuteAsync(
                connection, $"alter table {new TableName(Schema, table.Name).Sql} set schema {TableName.Quote(table.Schema)}", cancellationToken);
        }

        foreach (var view in views)
            await ExecuteAsync(connection, view, cancellationToken);

        // Together, since they may refer to each other; without cascade, so that something overlooked stops the swap.
        await ExecuteAsync(
            connection, $"drop table {string.Join(", ", _oids.Keys.Select(table => $"{old}.{TableName.Quote(table.Name)}"))}", cancellationToken);
        await ExecuteAsync(connection, $"drop schema {old}", cancellationToken);
        await ExecuteAsync(connection, $"drop schema {TableName.Quote(Schema)}", cancellationToken);
    }

    public Task DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"drop schema if exists {TableName.Quote(Schema)} cascade", cancellationToken);

    private static Comparer<TableName> ByName { get; } =
        Comparer<TableName>.Create(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private async Task RunForEachAsync(NpgsqlConnection connection, IEnumerable<string> writers, CancellationToken cancellationToken)
    {
        foreach (var writer in writers)
        {
            foreach (var oid in _oids.Values)
            {
                foreach (var statement in await WriteAsync(connection, writer, oid, cancellationToken))
                    await ExecuteAsync(connection, statement, cancellationToken);
            }
        }
    }

    private async Task<List<string>> WriteAsync(NpgsqlConnection connection, string writer, uint oid, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(writer, connection);
        command.Parameters.Add(new NpgsqlParameter<uint> { TypedValue = oid, NpgsqlDbType = NpgsqlDbType.Oid });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Schema });
        if (ReferenceEquals(writer, ShadowSql.ForeignKeys))
            command.Parameters.Add(OidsParameter());
        return await ReadAsync(command, cancellationToken);
    }

    private async Task<List<string>> ReadForAllAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(OidsParameter());
        return await ReadAsync(command, cancellationToken);
    }

    private NpgsqlParameter OidsParameter() =>
        new NpgsqlParameter<uint[]> { TypedValue = [.. _oids.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid };

    private static async Task<List<string>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            texts.Add(rows.GetString(0));
        return texts;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
