using System.Globalization;
using AwoooP.Demo;
using AwoooP.Journal.Delivery;
using AwoooP.Records;
using AwoooP.Systems;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>Every record table at one moment: what stands in it, how it is guarded, and which physical table it is.</summary>
/// <param name="Events">Events in the log; two snapshots tell of the same history when these are equal.</param>
/// <param name="Rows">By table: how many rows, and a digest of all of them in order.</param>
/// <param name="Shape">Owners, grants, row-level security, policies, constraints, indexes and triggers.</param>
/// <param name="Oids">By table: its oid, which a swap changes.</param>
internal sealed record RecordSnapshot(
    long Events, IReadOnlyDictionary<string, string> Rows, IReadOnlyList<string> Shape, IReadOnlyDictionary<string, string> Oids)
{
    private const string ShapeSql =
        """
        with t as (select c.* from pg_class c where c.oid = any ($1::regclass[]::oid[]))
        select format('table %s %s %s %s', relname, relowner::regrole, relrowsecurity, relforcerowsecurity) from t
        union all select format('grant %s %s %s', relname, a.grantee::regrole, a.privilege_type) from t, aclexplode(relacl) a
        union all select format('policy %s %s %s %s %s', t.relname, p.policyname, p.cmd, p.roles, coalesce(p.qual, '') || coalesce(p.with_check, '')) from t join pg_policies p on p.tablename = t.relname
        union all select format('constraint %s %s %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) from t join pg_constraint c on c.conrelid = t.oid
        union all select format('index %s', pg_get_indexdef(i.indexrelid)) from t join pg_index i on i.indrelid = t.oid
        union all select format('trigger %s', pg_get_triggerdef(g.oid)) from t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
        order by 1
        """;

    public static IReadOnlyList<string> Tables { get; } =
        [.. RecordProjections.All.SelectMany(projection => projection.Tables).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Once the projections have applied all that the log holds.</summary>
    public static async Task<RecordSnapshot> TakeSettledAsync(AwooopSystem system)
    {
        RecordSnapshot? taken = null;
        await Readiness.UntilAsync(async token => (taken = await TryTakeAsync(system, token)) is not null, "The projections do not catch up with the log", CancellationToken.None);
        return taken!;
    }

    private static async Task<RecordSnapshot?> TryTakeAsync(AwooopSystem system, CancellationToken cancellationToken)
    {
        await using var connection = await system.Superuser.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        foreach (var projection in RecordProjections.All)
        {
            if (await IsBehindAsync(connection, projection, cancellationToken))
                return null;
        }

        var rows = new Dictionary<string, string>();
        var oids = new Dictionary<string, string>();
        foreach (var table in Tables)
        {
            rows[table] = await ReadOneAsync(connection, $"select count(*) || ' rows, ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) from {table} t", cancellationToken);
            oids[table] = await ReadOneAsync(connection, $"select '{table}'::regclass::oid::text", cancellationToken);
        }

        var events = await ReadOneAsync(connection, "select count(*)::text from journal.event", cancellationToken);
        return new RecordSnapshot(long.Parse(events, CultureInfo.InvariantCulture), rows, await ReadShapeAsync(connection, cancellationToken), oids);
    }

    private static async Task<bool> IsBehindAsync(NpgsqlConnection connection, IProjection projection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from journal.cursor c join journal.event e on e.partition = c.partition and e.seq > c.seq where c.consumer = $1 and e.type = any ($2))", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection.Name });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. projection.EventTypes] });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<string> ReadOneAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<string>> ReadShapeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ShapeSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables] });
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            lines.Add(rows.GetString(0));
        return lines;
    }
}
