using System.Globalization;
using System.Text;
using AwoooP.Journal.Hosting;
using Npgsql;

namespace AwoooP.Journal.Local;

/// <summary>
/// A PostgreSQL cluster in the data folder. Its server is a process of its own that outlives the caller: a second
/// start adopts it, and whatever a crash left behind is put right first.
/// </summary>
public sealed class LocalPostgres
{
    private const string SuperuserName = "awooop_super";

    private static readonly TimeSpan ReadyPause = TimeSpan.FromMilliseconds(50);

    private readonly LocalPostgresOptions _options;
    private readonly PostgresBinaries _binaries;
    private readonly AccountCommands _commands;
    private readonly ClusterFolder _folder;

    /// <exception cref="LocalPostgresException">There are no PostgreSQL programs, or no account to run them as.</exception>
    public LocalPostgres(LocalPostgresOptions options)
    {
        _options = options;
        _folder = new ClusterFolder(options.DataFolder);
        _commands = new AccountCommands(UnprivilegedAccount.ForCaller());
        _binaries = PostgresBinaries.Find() ?? throw new LocalPostgresException(
            "PostgreSQL 15 or newer was not found. Install Debian's package 'postgresql', or name the folder of its programs in AWOOOP_PG_BIN.");
    }

    /// <summary>The process id of the running server, or null.</summary>
    public int? ProcessId =>
        PostmasterPid.Read(_folder.PostmasterPid) is { } found && found.IsRunning(_folder.Cluster) ? found.ProcessId : null;

    /// <summary>Where the server writes its log.</summary>
    public string LogFile => _folder.Log;

    /// <summary>
    /// Makes the cluster when there is none, starts or adopts its server, and prepares the roles and the database.
    /// Returns once connections are accepted.
    /// </summary>
    /// <exception cref="LocalPostgresException">The message says what to do.</exception>
    public async Task<PostgresEndpoints> StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetFullPath(_options.DataFolder));
        await using var starting = await ExclusiveFile.OpenAsync(_folder.LockFile, _options.StartTimeout, cancellationToken);
        await TraversableFolder.RequireAsync(Path.GetFullPath(_options.DataFolder), _commands, cancellationToken);

        var passwords = RolePasswords.Load(_folder.Passwords);
        if (!_folder.IsMade)
            await MakeAsync(passwords, cancellationToken);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(_options.StartTimeout);
        while (true)
        {
            var port = ProcessId is { } ? PostmasterPid.Read(_folder.PostmasterPid)?.Port : await StartServerAsync(cancellationToken);
            try
            {
                if (port is { } known)
                    return await PrepareAsync(known, passwords, cancellationToken);
            }
            catch (NpgsqlException error) when (!waiting.IsCancellationRequested && IsOnItsWay(error))
            {
                // A server that another started may still be recovering, or be on its way down.
            }

            await Task.Delay(ReadyPause, cancellationToken);
        }
    }

    /// <summary>How to reach the running server as its superuser; only for starting, tests and benches.</summary>
    public string SuperuserConnection()
    {
        var running = PostmasterPid.Read(_folder.PostmasterPid) ?? throw new LocalPostgresException("The local PostgreSQL is not running.");
        return Superuser(running.Port, RolePasswords.Load(_folder.Passwords)).ConnectionString;
    }

    /// <summary>
    /// Makes one more database beside the platform's, with the same roles; as a copy of <paramref name="template"/> when that is named.
    /// </summary>
    public async Task<PostgresEndpoints> CreateDatabaseAsync(string database, string? template, CancellationToken cancellationToken)
    {
        var passwords = RolePasswords.Load(_folder.Passwords);
        var superuser = new NpgsqlConnectionStringBuilder(SuperuserConnection());
        await using var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await DatabasePreparation.CreateDatabaseAsync(connection, database, _options.TimeZone, cancellationToken, template);
        return DatabasePreparation.Endpoints(superuser, database, _options.TimeZone, passwords);
    }

    /// <summary>Stops the server after its open transactions were ended. Does nothing when it does not run.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => StopAsync("fast", cancellationToken);

    /// <summary>Stops the server as a crash would: no clean-up, and the next start recovers from the write-ahead log.</summary>
    public Task CrashAsync(CancellationToken cancellationToken) => StopAsync("immediate", cancellationToken);

    private async Task StopAsync(string mode, CancellationToken cancellationToken)
    {
        if (ProcessId is null)
            return;

        await _commands.RunCheckedAsync(
            [_binaries.PgCtl, "stop", "-D", _folder.Cluster, "-m", mode, "-w", "-t", Seconds(_options.StartTimeout)], cancellationToken);
    }

    private static bool IsOnItsWay(NpgsqlException error) =>
        error is not PostgresException || error.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown;

    private async Task<PostgresEndpoints> PrepareAsync(int port, RolePasswords passwords, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(_folder.PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n", cancellationToken);
        return await DatabasePreparation.PrepareAsync(Superuser(port, passwords), _options.Database, _options.TimeZone, passwords, cancellationToken);
    }

    private async Task MakeAsync(RolePasswords passwords, CancellationToken cancellationToken)
    {
        await _commands.MakeFolderAsync(_folder.Root, cancellationToken);
        await _commands.MakeFolderAsync(_folder.Sockets, cancellationToken);
        if (Directory.Exists(_folder.Unfinished))
            Directory.Delete(_folder.Unfinished, recursive: true);

        var passwordFile = _folder.Unfinished + ".password";
        try
        {
            using (var file = PrivateFile.Create(passwordFile))
            {
                file.Write(Encoding.ASCII.GetBytes(passwords.Superuser + "\n"));
            }

            await _commands.GiveAsync(passwordFile, cancellationToken);
            await _commands.RunCheckedAsync(
                [
                    _binaries.InitDb, "-D", _folder.Unfinished, "--encoding=UTF8", "--locale=C.UTF-8", "--lc-collate=C",
                    "--data-checksums", "--auth=scram-sha-256", "--username=" + SuperuserName, "--pwfile=" + passwordFile, "--no-instructions",
                ], cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        await File.AppendAllTextAsync(Path.Combine(_folder.Unfinished, "postgresql.conf"), "\ninclude 'awooop.conf'\n", cancellationToken);
        Directory.Move(_folder.Unfinished, _folder.Cluster);
    }

    private async Task<int> StartServerAsync(CancellationToken cancellationToken)
    {
        // The file names no running postmaster of this cluster, so it is a crash's leftover. PostgreSQL would refuse
        // to start when the process id belongs to another program by now.
        File.Delete(_folder.PostmasterPid);
        await _commands.MakeFolderAsync(_folder.Sockets, cancellationToken);
        foreach (var leftover in Directory.EnumerateFiles(_folder.Sockets, ".s.PGSQL.*"))
            File.Delete(leftover);

        var port = ServerPort.Choose(_options.Port, _folder.PortFile);
        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "awooop.conf"), ServerSettings.Render(_options, _folder, port), cancellationToken);

        // pg_ctl gives the server a session of its own, so it does not end with the caller's terminal.
        var started = await _commands.RunAsync(
            [_binaries.PgCtl, "start", "-D", _folder.Cluster, "-l", _folder.Log, "-w", "-s", "-t", Seconds(_options.StartTimeout)], cancellationToken);
        if (started.ExitCode != 0)
            throw new LocalPostgresException($"PostgreSQL did not start; its log is {_folder.Log}. {started.Output.Trim()}");
        return port;
    }

    private NpgsqlConnectionStringBuilder Superuser(int port, RolePasswords passwords) => new()
    {
        Host = _folder.HasSockets ? _folder.Sockets : "127.0.0.1",
        Port = port,
        Username = SuperuserName,
        Password = passwords.Superuser,
        Database = "postgres",
        Pooling = false,
        Timeout = 15,
    };

    private static string Seconds(TimeSpan time) => ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
