using AwoooP.Journal.Delivery;
using AwoooP.Journal.Storage;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Delivery on a database of its own, with a stand-in for the commit pipeline and the lease. It can crash and start again.</summary>
internal sealed class DeliveryHarness : IAsyncDisposable
{
    private readonly List<IProjection> _projections = [];
    private readonly List<IReaction> _reactions = [];
    private readonly List<ISubscription> _subscriptions = [];
    private IWakeTarget? _wakes;
    private ServiceProvider? _services;

    private DeliveryHarness(PostgresFixture database)
    {
        Database = database;
        Writer = new EventWriter(database.Superuser);
    }

    public PostgresFixture Database { get; }

    public EventWriter Writer { get; }

    public FakeOwnership Ownership { get; } = new(1, 2, 3);

    public Action<DeliveryOptions> Options { get; set; } = static options =>
    {
        options.FirstBackOff = TimeSpan.FromMilliseconds(5);
        options.MaxBackOff = TimeSpan.FromMilliseconds(50);
        options.CursorInterval = TimeSpan.FromMilliseconds(50);
        options.SweepInterval = TimeSpan.FromMilliseconds(200);
    };

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ICommitObserver Observer => Get<ICommitObserver>();

    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static async Task<DeliveryHarness> CreateAsync()
    {
        var database = new PostgresFixture();
        await database.InitializeAsync();
        return new DeliveryHarness(database);
    }

    public DeliveryHarness With(IProjection projection)
    {
        _projections.Add(projection);
        return this;
    }

    public DeliveryHarness With(IReaction reaction)
    {
        _reactions.Add(reaction);
        return this;
    }

    public DeliveryHarness With(ISubscription subscription)
    {
        _subscriptions.Add(subscription);
        return this;
    }

    public DeliveryHarness With(IWakeTarget wakes)
    {
        _wakes = wakes;
        return this;
    }

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Time);
        services.AddSingleton(new JournalConnections(Database.Engine, Database.App));
        services.AddSingleton<IPartitionOwnership>(Ownership);
        services.AddSingleton<IDurableClock>(new FakeDurableClock(Time));
        _projections.ForEach(projection => services.AddSingleton(projection));
        _reactions.ForEach(reaction => services.AddSingleton(reaction));
        _subscriptions.ForEach(subscription => services.AddSingleton(subscription));
        if (_wakes is not null)
            services.AddSingleton(_wakes);
        services.AddDelivery(Options);
        _services = services.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_services is null)
            return;
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _services = null;
    }

    /// <summary>As if the process had died before it stored any position since <see cref="ForgetPositionsAsync"/>.</summary>
    public async Task CrashAsync()
    {
        await StopAsync();
        await ExecuteAsync("drop trigger forget on journal.cursor");
    }

    /// <summary>From here on positions that are stored are lost.</summary>
    public Task ForgetPositionsAsync() => ExecuteAsync(
        """
        create or replace function journal.forget() returns trigger language plpgsql as 'begin return null; end';
        create trigger forget before update on journal.cursor for each row execute function journal.forget();
        """);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Ends every session of the two roles, as a restart of the server does.</summary>
    public async Task BreakConnectionsAsync()
    {
        await using var command = Database.Superuser.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename in ('awooop_engine', 'awooop_app')");
        await command.ExecuteNonQueryAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var command = Database.Superuser.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }

    public Task<bool> PassedAsync(RecordedEvent recorded) =>
        Get<IPositionWaiter>().WaitAsync(recorded.Position, TimeSpan.FromSeconds(20), CancellationToken.None).AsTask();

    /// <summary>Asks again until it is so; fails after a limit that no healthy run comes near.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var limit = Limit;
        while (!await condition())
            await Task.Delay(10, limit);
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
    }
}
