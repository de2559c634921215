using System.Globalization;
using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Local;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AwoooP.Bench.Journal;

/// <summary>
/// Durable commits of aggregates beside single-row prepared upserts of the same size, on one server in one run, in
/// alternating rounds: what the machine does at the moment bears on both alike.
/// </summary>
internal static class JournalBench
{
    private static readonly (int Writers, int Grains, double Goal)[] Cases =
    [
        (1, 1_000, 0.5), (64, 1_000, 1.5), (64, 100_000, 1.5), (512, 1_000, 3.0), (512, 100_000, 3.0),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var settings = BenchSettings.Parse(arguments);
        var reached = false;
        await BenchDatabase.RunAsync(settings.DataFolder, async (server, postgres) =>
        {
            await using (var owner = NpgsqlDataSource.Create(postgres.Owner))
                await SingleUpserts.CreateTableAsync(owner);
            reached = await RunAsync(postgres, server.ProcessId!.Value, settings);
        });
        return reached ? 0 : 1;
    }

    private static async Task<bool> RunAsync(PostgresEndpoints endpoints, int postmaster, BenchSettings settings)
    {
        await using var services = await StartJournalAsync(endpoints);
        var commits = new GrainCommits(services.GetRequiredService<IJournal>(), services.GetRequiredService<DurableClock>());
        await using var upserts = new SingleUpserts(endpoints.Engine);

        Console.WriteLine($"1 KB state and one event a commit; fsync on, row-level security on; {settings.Rounds} rounds of {settings.Time.TotalSeconds:0} s each way.");
        Console.WriteLine();
        Console.WriteLine("| writers |  grains | commits/s | upserts/s | ratio | goal |  commit p50 |  commit p99 | upsert p50 | server/client µs a commit | an upsert |");
        Console.WriteLine("| ------: | ------: | --------: | --------: | ----: | ---: | ----------: | ----------: | ---------: | -----------------------: | --------: |");
        var reached = true;
        foreach (var (writers, grains, goal) in Cases.Where(planned => settings.Writers is null || settings.Writers == planned.Writers))
        {
            await commits.CreateAsync(grains);
            await upserts.CreateAsync(grains);
            var journal = new Measurement();
            var single = new Measurement();
            await commits.RunAsync(writers, grains, settings.WarmUp, new Measurement());
            await upserts.RunAsync(writers, grains, settings.WarmUp, new Measurement());
            for (var round = 0; round < settings.Rounds; round++)
            {
                var before = ProcessorTime.Read(postmaster);
                await commits.RunAsync(writers, grains, settings.Time, journal);
                var between = ProcessorTime.Read(postmaster);
                await upserts.RunAsync(writers, grains, settings.Time, single);
                journal.Used(between - before);
                single.Used(ProcessorTime.Read(postmaster) - between);
            }

            var ratio = journal.Rate / single.Rate;
            reached &= ratio >= goal;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {writers,7} | {grains,7} | {journal.Rate,9:0} | {single.Rate,9:0} | {ratio,5:0.00} | {goal,4:0.0} | {journal.Percentile(0.5).TotalMilliseconds,8:0.00} ms | {journal.Percentile(0.99).TotalMilliseconds,8:0.00} ms | {single.Percentile(0.5).TotalMilliseconds,7:0.00} ms | {journal.ServerMicroseconds,14:0} / {journal.ClientMicroseconds,7:0} | {single.ServerMicroseconds,3:0} / {single.ClientMicroseconds,3:0} |"));
        }

        Console.WriteLine();
        Console.WriteLine(reached ? "Every goal was reached." : "A goal was missed.");
        foreach (var service in services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        return reached;
    }

    private static async Task<ServiceProvider> StartJournalAsync(PostgresEndpoints endpoints)
    {
        var services = new ServiceCollection();
        services.AddJournal(options =>
        {
            options.Engine = endpoints.Engine;
            options.App = endpoints.App;
            options.Reader = endpoints.Reader;
        });
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        await provider.GetRequiredService<SiloMembership>().Joined;
        return provider;
    }
}
