using Npgsql;

namespace AwoooP.Journal.Local;

/// <summary>A PostgreSQL server that somebody else runs, named by <c>AWOOOP_POSTGRES</c>.</summary>
public static class NamedServer
{
    private const int OldestVersion = 150_000;

    /// <summary>Makes the roles and the database there. The generated passwords stay in the data folder, in an owner-only file.</summary>
    /// <param name="connectionString">A role that may create roles and databases; its database, when named, becomes the platform's.</param>
    /// <exception cref="LocalPostgresException">The server is too old.</exception>
    public static async Task<PostgresEndpoints> PrepareAsync(string connectionString, string dataFolder, string timeZone, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var database = server.Database is null or "postgres" ? "awooop" : server.Database;
        server.Database = "postgres";
        server.Pooling = false;

        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync(cancellationToken);
            await using var version = new NpgsqlCommand("select current_setting('server_version_num')::int", connection);
            if ((int)(await version.ExecuteScalarAsync(cancellationToken))! < OldestVersion)
                throw new LocalPostgresException("The server named by AWOOOP_POSTGRES is older than PostgreSQL 15.");
        }

        Directory.CreateDirectory(Path.GetFullPath(dataFolder));
        var passwords = RolePasswords.Load(new ClusterFolder(dataFolder).Passwords);
        return await DatabasePreparation.PrepareAsync(server, database, timeZone, passwords, cancellationToken);
    }
}
