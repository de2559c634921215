using System.Globalization;
using AwoooP.Demo;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Systems;

/// <summary>A base backup of a system's PostgreSQL, taken while it runs, which can take the place of the cluster.</summary>
public sealed class PostgresBackup
{
    private readonly AwooopSystem _system;
    private readonly string _copy;

    private PostgresBackup(AwooopSystem system, string copy)
    {
        _system = system;
        _copy = copy;
    }

    private string Postgres => Path.Combine(_system.Folder, "postgres");

    public static async Task<PostgresBackup> TakeAsync(AwooopSystem system)
    {
        var backup = new PostgresBackup(system, Path.Combine(system.Folder, "backup"));
        var server = new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection());
        // Beside the program of the server that runs.
        var program = File.ResolveLinkTarget($"/proc/{system.Postgres.ProcessId}/exe", returnFinalTarget: false)!.FullName;
        await backup.RunAsync(
            Path.Combine(Path.GetDirectoryName(program)!, "pg_basebackup"),
            "-D", backup._copy, "-X", "stream", "-c", "fast", "--no-sync",
            "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, "-w");
        return backup;
    }

    /// <summary>
    /// Puts the backup in the cluster's place while the server is down. It is recovered to the backup's end when it starts, and its history
    /// has another name from there: a new timeline.
    /// </summary>
    public async Task RestoreAsync()
    {
        _system.Postgres.ProcessId.ShouldBeNull();
        var cluster = Path.Combine(Postgres, "cluster");
        PostgresRecovery.Replace(cluster, _copy);
        await File.AppendAllLinesAsync(Path.Combine(cluster, "postgresql.conf"), PostgresRecovery.Settings.Select(static setting => $"{setting.Key} = '{setting.Value}'"));
        await PostgresRecovery.AskAsync(cluster);
        await RunAsync("chown", "-R", "--reference=" + Postgres, cluster);
    }

    private Task RunAsync(string program, params string[] arguments)
    {
        var server = _system.Postgres.ProcessId is null ? null : new NpgsqlConnectionStringBuilder(_system.Postgres.SuperuserConnection());
        var environment = new Dictionary<string, string> { ["PGPASSWORD"] = server?.Password ?? "" };
        return ChildProcess.RunAsync(program, arguments, Path.Combine(_system.Folder, "backup.out"), environment);
    }
}
