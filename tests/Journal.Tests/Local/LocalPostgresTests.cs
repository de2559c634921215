using System.Diagnostics;
using AwoooP.Journal.Local;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Local;

/// <summary>The life of a local cluster: made, adopted, stopped, crashed, and left behind half-made.</summary>
public sealed class LocalPostgresTests : IAsyncLifetime
{
    private readonly string _folder = TestServer.NewFolder();
    private readonly LocalPostgres _server;

    public LocalPostgresTests() => _server = New(_folder);

    private string Cluster => Path.Combine(_folder, "postgres", "cluster");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.CrashAsync(default);

    [Fact]
    public async Task Start_StoppedAndStartedAgain_KeepsDataPortAndPasswords()
    {
        var first = await _server.StartAsync(default);
        await ExecuteAsync(first.Owner, "create schema kept");
        await _server.StopAsync(default);
        _server.ProcessId.ShouldBeNull();

        var second = await New(_folder).StartAsync(default);

        second.ShouldBe(first);
        (await ScalarAsync(second.Owner, "select count(*) from pg_namespace where nspname = 'kept'")).ShouldBe(1L);
    }

    /// <summary>Else a connection of anybody's could hold it when the server is started again, and the silos would look for the server in vain.</summary>
    [Fact]
    public async Task Start_WithoutAPort_TakesNoneOfOutgoingConnections()
    {
        var endpoints = await _server.StartAsync(default);

        var outgoing = (await File.ReadAllTextAsync("/proc/sys/net/ipv4/ip_local_port_range")).Split().Select(int.Parse).First();
        new NpgsqlConnectionStringBuilder(endpoints.App).Port.ShouldBeLessThan(outgoing);
    }

    [Fact]
    public async Task Start_WhileItRuns_AdoptsTheServer()
    {
        await _server.StartAsync(default);
        var process = _server.ProcessId.ShouldNotBeNull();

        await Task.WhenAll(New(_folder).StartAsync(default), New(_folder).StartAsync(default));

        _server.ProcessId.ShouldBe(process);
    }

    [Fact]
    public async Task Start_AfterInitdbWasCutOff_MakesTheClusterAnew()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(_folder, "postgres", "cluster.unfinished"));
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "PG_VERSION"), "15\n");

        var endpoints = await _server.StartAsync(default);

        (await ScalarAsync(endpoints.App, "select 1")).ShouldBe(1);
        Directory.Exists(unfinished.FullName).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_AfterACrashWhosePidBelongsToAnotherProgram_Starts()
    {
        await _server.StartAsync(default);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Cluster, "postmaster.pid"));
        await _server.CrashAsync(default);

        // What a crash of the machine leaves: the file, with a process id that something else has by now.
        using var other = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            lines[0] = other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(Path.Combine(Cluster, "postmaster.pid"), lines);

            var endpoints = await New(_folder).StartAsync(default);

            (await ScalarAsync(endpoints.App, "select 1")).ShouldBe(1);
            other.HasExited.ShouldBeFalse();
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task Start_ByTwoAtOnceOnANewFolder_MakesOneCluster()
    {
        var endpoints = await Task.WhenAll(_server.StartAsync(default), New(_folder).StartAsync(default));

        endpoints[0].ShouldBe(endpoints[1]);
    }

    [Fact]
    public async Task Cluster_OnceMade_HasTheSettingsThatTheJournalCountsOn()
    {
        var endpoints = await _server.StartAsync(default);

        foreach (var (name, value) in (Dictionary<string, string>)new()
        {
            ["server_encoding"] = "UTF8",
            ["data_checksums"] = "on",
            ["password_encryption"] = "scram-sha-256",
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["wal_compression"] = "lz4",
            ["default_toast_compression"] = "lz4",
            ["jit"] = "off",
            ["listen_addresses"] = "127.0.0.1",
            ["TimeZone"] = "Asia/Taipei",
        })
        {
            (await ScalarAsync(endpoints.App, $"select current_setting('{name}')")).ShouldBe(value, name);
        }
    }

    [Fact]
    public async Task Passwords_OnceMade_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;

        var endpoints = await _server.StartAsync(default);

        File.GetUnixFileMode(Path.Combine(_folder, "postgres.passwords.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var wrong = new NpgsqlConnectionStringBuilder(endpoints.App) { Password = "guess", Pooling = false }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(wrong, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        endpoints.ToString().ShouldNotContain("assword");
    }

    [Fact]
    public async Task Start_BelowAFolderThatTheAccountMayNotEnter_NamesThatFolder()
    {
        // Only a caller that is root hands the cluster to another account.
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            return;

        var closed = Directory.CreateDirectory(Path.Combine(_folder, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var error = await Should.ThrowAsync<LocalPostgresException>(() => New(Path.Combine(closed.FullName, "data")).StartAsync(default));

        error.Message.ShouldContain(closed.FullName);
    }

    [Fact]
    public async Task NamedServer_PreparedTwice_HasTheRolesAndTheDatabase()
    {
        await _server.StartAsync(default);
        var data = Path.Combine(_folder, "other");
        var admin = new NpgsqlConnectionStringBuilder(_server.SuperuserConnection()) { Database = "elsewhere" }.ConnectionString;

        var endpoints = await NamedServer.PrepareAsync(admin, data, "Asia/Taipei", default);
        (await NamedServer.PrepareAsync(admin, data, "Asia/Taipei", default)).ShouldBe(endpoints);

        (await ScalarAsync(endpoints.Reader, "select current_database()")).ShouldBe("elsewhere");
        (await ScalarAsync(endpoints.Engine, "select current_user::text")).ShouldBe("awooop_engine");
    }

    private static LocalPostgres New(string folder) =>
        new(new LocalPostgresOptions { DataFolder = folder, Settings = new Dictionary<string, string> { ["shared_buffers"] = "32MB" } });

    private static async Task ExecuteAsync(string connectionString, string sql) => await ScalarAsync(connectionString, sql);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
