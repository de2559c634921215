using AwoooP.Demo;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Systems;

/// <summary>
/// A whole AwoooP as a user runs it: a PostgreSQL cluster of its own, with fsync, and one silo or several as processes that can be
/// killed and started again on the same data.
/// </summary>
public sealed class AwooopSystem : IAsyncDisposable
{
    private AwooopSystem(string folder)
    {
        Folder = folder;
        Postgres = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder });
    }

    public string Folder { get; }

    public IReadOnlyList<SiloProcess> Silos { get; private set; } = [];

    /// <summary>One for each silo, in their order, when the system was started with wires.</summary>
    public IReadOnlyList<SiloWires> Wires { get; private set; } = [];

    /// <summary>Of the first silo.</summary>
    public Uri Address => Silos[0].Address;

    public LocalPostgres Postgres { get; }

    /// <summary>Sees everything: for checks from outside of every policy.</summary>
    public NpgsqlDataSource Superuser { get; private set; } = null!;

    /// <param name="wired">Whether silos reach each other and PostgreSQL over <see cref="Wires"/> that can be cut.</param>
    public static async Task<AwooopSystem> StartAsync(IReadOnlyDictionary<string, string>? settings = null, int silos = 1, bool wired = false)
    {
        var system = new AwooopSystem(TestServer.NewFolder());
        var endpoints = await system.Postgres.StartAsync(CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { Pooling = false }))
            await new MigrationRunner(owner, RecordsMigrations.WithJournal).UpAsync(CancellationToken.None);

        system.Superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection()) { Database = "awooop", Pooling = true, MaxPoolSize = 4 });
        if (wired)
            system.Wires = [.. Enumerable.Range(0, silos).Select(_ => new SiloWires(system.Postgres))];
        system.Silos = [.. Enumerable.Range(1, silos).Select(number => new SiloProcess(number, system.Folder, system.SettingsOf(number, settings)))];
        // One after the other: the first makes the operator whom the tests act as.
        foreach (var silo in system.Silos)
            await silo.StartAsync();
        return system;
    }

    /// <summary>Returns once the first silo is ready.</summary>
    public Task StartSiloAsync() => Silos[0].StartAsync();

    public Task KillSiloAsync() => Silos[0].KillAsync();

    /// <summary>The API as the operator whom the first start made.</summary>
    public async Task<AwooopApi> AdminAsync() =>
        new(Address, (await File.ReadAllTextAsync(Path.Combine(Folder, "operator.key"))).Trim());

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Superuser.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.KillAsync();
        foreach (var wires in Wires)
            await wires.DisposeAsync();
        await Superuser.DisposeAsync();
        await Postgres.CrashAsync(CancellationToken.None);
    }

    private Dictionary<string, string> SettingsOf(int number, IReadOnlyDictionary<string, string>? settings) =>
        new((settings ?? new Dictionary<string, string>()).Concat(Wires.Count == 0 ? [] : Wires[number - 1].Settings));
}
