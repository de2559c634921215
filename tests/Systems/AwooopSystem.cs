using AwoooP.Demo;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Systems;

/// <summary>
/// A whole AwoooP as a user runs it: a PostgreSQL cluster of its own, with fsync, and one silo or several, and fronts apart, as processes that can be
/// killed and started again on the same data.
/// </summary>
public sealed class AwooopSystem : IAsyncDisposable
{
    private const string Role = "AWOOOP_ROLE";

    private AwooopSystem(string folder)
    {
        Folder = folder;
        Postgres = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder });
    }

    public string Folder { get; }

    public IReadOnlyList<SiloProcess> Silos { get; private set; } = [];

    /// <summary>Fronts of their own; without any, each silo has one.</summary>
    public IReadOnlyList<SiloProcess> Fronts { get; private set; } = [];

    /// <summary>Where the API and intake are served.</summary>
    public IReadOnlyList<Uri> Entrances => [.. (Fronts.Count > 0 ? Fronts : Silos).Select(static process => process.Address)];

    /// <summary>One for each silo, in their order, when the system was started with wires.</summary>
    public IReadOnlyList<SiloWires> Wires { get; private set; } = [];

    /// <summary>Of the first entrance.</summary>
    public Uri Address => Entrances[0];

    /// <summary>Of the last silo, when the system was started with one.</summary>
    public ShiftedClock? Clock { get; private set; }

    public LocalPostgres Postgres { get; }

    /// <summary>Sees everything: for checks from outside of every policy.</summary>
    public NpgsqlDataSource Superuser { get; private set; } = null!;

    /// <param name="wired">Whether silos reach each other and PostgreSQL over <see cref="Wires"/> that can be cut.</param>
    /// <param name="fronts">How many processes serve the front; with any, the silos do not.</param>
    /// <param name="ownClock">Whether the last silo's <see cref="Clock"/> can be set.</param>
    public static async Task<AwooopSystem> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, int silos = 1, bool wired = false, int fronts = 0, bool ownClock = false)
    {
        var system = new AwooopSystem(TestServer.NewFolder());
        var endpoints = await system.Postgres.StartAsync(CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { Pooling = false }))
            await new MigrationRunner(owner, RecordsMigrations.WithJournal).UpAsync(CancellationToken.None);

        system.Superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection()) { Database = "awooop", Pooling = true, MaxPoolSize = 4 });
        if (wired)
            system.Wires = [.. Enumerable.Range(0, silos).Select(_ => new SiloWires(system.Postgres))];
        if (ownClock)
            (system.Clock = new ShiftedClock(Path.Combine(system.Folder, "clock"))).Set(0);
        system.Silos = [.. Enumerable.Range(1, silos).Select(number => new SiloProcess(
            $"silo-{number}", number, system.Folder, system.SettingsOf(number, silos, settings, fronts > 0 ? "Silo" : "Both")))];
        system.Fronts = [.. Enumerable.Range(1, fronts).Select(number => new SiloProcess(
            $"front-{number}", number, system.Folder, new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { [Role] = "Front" }))];
        // One after the other: the first makes the operator whom the tests act as.
        foreach (var process in system.Silos.Concat(system.Fronts))
            await process.StartAsync();
        return system;
    }

    /// <summary>Returns once the first silo is ready.</summary>
    public Task StartSiloAsync() => Silos[0].StartAsync();

    public Task KillSiloAsync() => Silos[0].KillAsync();

    /// <summary>The server again, after a crash of it.</summary>
    public async Task StartPostgresAsync()
    {
        await Postgres.StartAsync(CancellationToken.None);
        // Those that are pooled are of the server that crashed.
        Superuser.Clear();
    }

    /// <summary>The API as the operator whom the first start made.</summary>
    public async Task<AwooopApi> AdminAsync() => new(Address, await AdminKeyAsync());

    public async Task<string> AdminKeyAsync() => (await File.ReadAllTextAsync(Path.Combine(Folder, "operator.key"))).Trim();

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Superuser.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Fronts.Concat(Silos))
            await process.KillAsync();
        if (Clock is not null)
            ShiftedClock.Clean();
        foreach (var wires in Wires)
            await wires.DisposeAsync();
        await Superuser.DisposeAsync();
        await Postgres.CrashAsync(CancellationToken.None);
    }

    private Dictionary<string, string> SettingsOf(int number, int silos, IReadOnlyDictionary<string, string>? settings, string role) => new(
        (settings ?? new Dictionary<string, string>())
            .Concat(Wires.Count == 0 ? [] : Wires[number - 1].Settings)
            .Concat(Clock is null || number != silos ? [] : Clock.Settings)) { [Role] = role };
}
