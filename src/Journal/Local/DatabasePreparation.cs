using Npgsql;

namespace AwoooP.Journal.Local;

/// <summary>
/// Makes the four roles and the database, on the local cluster or on a server that is named. Every step can be repeated.
/// </summary>
internal static class DatabasePreparation
{
    private static readonly string[] Roles = ["awooop_owner", "awooop_engine", "awooop_app", "awooop_reader"];

    /// <param name="admin">A role that may create roles and databases.</param>
    public static async Task<PostgresEndpoints> PrepareAsync(
        NpgsqlConnectionStringBuilder admin, string database, string timeZone, RolePasswords passwords, CancellationToken cancellationToken)
    {
        await using var server = NpgsqlDataSource.Create(admin);
        await using var connection = await server.OpenConnectionAsync(cancellationToken);

        // Two silos may prepare one server at the same time.
        await ExecuteAsync(connection, "select pg_advisory_lock(hashtext('awooop: prepare'))", cancellationToken);
        foreach (var (role, password) in Roles.Zip([passwords.Owner, passwords.Engine, passwords.App, passwords.Reader]))
            await PrepareRoleAsync(connection, role, password, cancellationToken);

        // The owner ends the sessions of a dead silo, which needs membership of the roles those sessions use.
        await ExecuteAsync(connection, "grant awooop_engine, awooop_app to awooop_owner", cancellationToken);
        await CreateDatabaseAsync(connection, database, timeZone, cancellationToken);

        return Endpoints(admin, database, timeZone, passwords);
    }

    /// <summary>Makes one database that the owner role owns and only the four roles may enter.</summary>
    public static async Task CreateDatabaseAsync(NpgsqlConnection admin, string database, string timeZone, CancellationToken cancellationToken, string? template = null)
    {
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", admin) { Parameters = { new() { Value = database } } };
        var name = Identifier(database);
        if (await find.ExecuteScalarAsync(cancellationToken) is null)
        {
            await ExecuteAsync(admin, "grant awooop_owner to current_user", cancellationToken);
            var like = template is null ? "template0 encoding 'UTF8'" : Identifier(template);
            await ExecuteAsync(admin, $"create database {name} owner awooop_owner template {like}", cancellationToken);
        }

        await ExecuteAsync(admin, $"revoke all on database {name} from public", cancellationToken);
        await ExecuteAsync(admin, $"grant connect on database {name} to awooop_engine, awooop_app, awooop_reader", cancellationToken);
        await ExecuteAsync(admin, $"alter database {name} set timezone = '{timeZone.Replace("'", "''", StringComparison.Ordinal)}'", cancellationToken);
    }

    public static PostgresEndpoints Endpoints(NpgsqlConnectionStringBuilder server, string database, string timeZone, RolePasswords passwords)
    {
        return new PostgresEndpoints(
            For("awooop_owner", passwords.Owner), For("awooop_engine", passwords.Engine), For("awooop_app", passwords.App), For("awooop_reader", passwords.Reader));

        string For(string role, string password) => new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Username = role,
            Password = password,
            Database = database,
            Timezone = timeZone,
            Pooling = true,
            ApplicationName = role,
        }.ConnectionString;
    }

    // Statements that define roles take no parameters; format() quotes for the server.
    private static async Task PrepareRoleAsync(NpgsqlConnection connection, string role, string password, CancellationToken cancellationToken)
    {
        await using var render = new NpgsqlCommand(
            """
            select format(
                case when exists (select from pg_roles where rolname = $1) then 'alter role %I' else 'create role %I' end
                || ' login nocreatedb nocreaterole inherit password %L', $1, $2)
            """, connection)
        {
            Parameters = { new() { Value = role }, new() { Value = password } },
        };
        await ExecuteAsync(connection, (string)(await render.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    private static string Identifier(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
