using System.Runtime.CompilerServices;
using AwoooP.Journal.Storage;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Tests;

/// <summary>A part of the journal on a database of its own. It can stop and start again.</summary>
internal abstract class JournalHarness(PostgresFixture database) : IAsyncDisposable
{
    private ServiceProvider? _services;

    public PostgresFixture Database => database;

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public virtual async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new JournalConnections(Database.Engine, Database.App));
        Register(services);
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

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Ends every session of the two roles, as a restart of the server does.</summary>
    public Task BreakConnectionsAsync() => ExecuteAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename in ('awooop_engine', 'awooop_app')");

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

    public static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.BecomesTrueAsync(condition, what);

    public static Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.BecomesTrueAsync(condition, what);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
    }

    protected abstract void Register(IServiceCollection services);

    protected static async Task<PostgresFixture> CreateDatabaseAsync()
    {
        var database = new PostgresFixture();
        await database.InitializeAsync();
        return database;
    }
}
