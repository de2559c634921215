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
    private AwooopSystem(string folder)
    {
        Folder = folder;
        Postgres = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder });
    }

    public string Folder { get; }

    public IReadOnlyList<ServerProcess> Silos { get; private set; } = [];

    /// <summary>Fronts of their own; without any, each silo has one.</summary>
    public IReadOnlyList<ServerProcess> Fronts { get; private set; } = [];

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

    /// <param name="shape">One silo with a front, unless it says otherwise.</param>
    public static async Task<AwooopSystem> StartAsync(SystemShape? shape = null)
    {
        shape ??= new SystemShape();
        var system = new AwooopSystem(TestServer.NewFolder());
        var endpoints = await system.Postgres.StartAsync(CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { Pooling = false }))
            await new MigrationRunner(owner, RecordsMigrations.WithJournal).UpAsync(CancellationToken.None);

        system.Superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection()) { Database = "awooop", Pooling = true, MaxPoolSize = 4 });
        if (shape.Wired)
            system.Wires = [.. Enumerable.Range(0, shape.Silos).Select(_ => new SiloWires(system.Postgres))];
        if (shape.OwnClock)
            (system.Clock = new ShiftedClock(Path.Combine(system.Folder, "clock"))).Set(0);
        var role = shape.Fronts > 0 ? "Silo" : "Both";
        system.Silos = [.. Enumerable.Range(1, shape.Silos).Select(number => new ServerProcess(role, number, system.Folder, system.SettingsOf(number, shape)))];
        system.Fronts = [.. Enumerable.Range(1, shape.Fronts).Select(number => new ServerProcess("Front", number, system.Folder, shape.Settings))];
        // The first makes the operator whom the tests act as, so the others come after it.
        foreach (var first in system.Silos.Take(1))
            await first.StartAsync();
        await Task.WhenAll(system.Silos.Skip(1).Concat(system.Fronts).Select(static process => process.StartAsync()));
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

    private Dictionary<string, string> SettingsOf(int number, SystemShape shape) => new(
        shape.Settings
            .Concat(Wires.Count == 0 ? [] : Wires[number - 1].Settings)
            .Concat(Clock is null || number != shape.Silos ? [] : Clock.Settings));
}
