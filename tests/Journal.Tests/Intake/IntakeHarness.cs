using System.Text;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Storage;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Tests.Intake;

/// <summary>The intake log on a database of its own. It can crash and start again.</summary>
internal sealed class IntakeHarness : IAsyncDisposable
{
    private ServiceProvider? _services;

    private IntakeHarness(PostgresFixture database) => Database = database;

    public PostgresFixture Database { get; }

    public FakeOwnership Ownership { get; } = new(1, 2, 3, 4);

    public RecordingConsumer Consumer { get; } = new();

    public Action<IntakeOptions> Options { get; set; } = static _ => { };

    public IIntakeLog Log => _services!.GetRequiredService<IIntakeLog>();

    public IntakeBacklog Backlog => _services!.GetRequiredService<IIntakeStatus>().Read();

    public static async Task<IntakeHarness> CreateAsync()
    {
        var database = new PostgresFixture();
        await database.InitializeAsync();
        return new IntakeHarness(database);
    }

    public static IntakeEntry Entry(string body, int items = 1, string? orderKey = null) =>
        new("p1", RecordingConsumer.KindName, Encoding.UTF8.GetBytes(body), items, null, orderKey);

    public async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new JournalConnections(Database.Engine, Database.App));
        services.AddSingleton<IPartitionOwnership>(Ownership);
        services.AddSingleton<IDurableClock>(new FakeDurableClock(TimeProvider.System));
        services.AddSingleton<IIntakeConsumer>(Consumer);
        services.AddIntake(options =>
        {
            options.FirstBackOff = TimeSpan.FromMilliseconds(5);
            options.MaxBackOff = TimeSpan.FromMilliseconds(50);
            options.CursorInterval = TimeSpan.FromMilliseconds(50);
            Options(options);
        });
        _services = services.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        if (Ownership.Owned.Count > 0)
            await UntilTakenAsync();
    }

    /// <summary>Waits until what is owned is written to and worked off.</summary>
    public Task UntilTakenAsync() => DeliveryHarness.UntilAsync(() => HasTaken);

    public bool HasTaken => _services!.GetRequiredService<IntakeLog>().Partitions
        .Where(static partition => !partition.IsStopped).Select(static partition => partition.Partition).ToHashSet().SetEquals(Ownership.Owned);

    public async Task StopAsync()
    {
        if (_services is null)
            return;
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _services = null;
    }

    public async Task<IntakeStatus> AppendAsync(string body, int items = 1, string? orderKey = null) =>
        (await Log.AppendAsync(Entry(body, items, orderKey), CancellationToken.None)).Status;

    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var command = Database.Superuser.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }

    public Task<List<string>> StoredAsync() =>
        QueryAsync("select convert_from(payload, 'UTF8') from journal.intake order by partition, seq");

    /// <summary>Sessions that wait for a lock that another one holds.</summary>
    public async Task<int> CountWaitingAsync() =>
        (await QueryAsync("select pid::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Count;

    public async Task BreakConnectionsAsync()
    {
        await using var command = Database.Superuser.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename in ('awooop_engine', 'awooop_app')");
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
    }
}
