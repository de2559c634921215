using System.Diagnostics;
using System.Globalization;

namespace AwoooP.Bench.Intake;

/// <summary>
/// Durable alerts over HTTP beside Debian's Alertmanager, which keeps them in memory, taking the same bodies in alternating
/// rounds; then whether a steady stream is worked off as fast as it comes.
/// </summary>
internal static class IntakeBench
{
    private const int Services = 2_000;
    private const int Population = 40_000;
    private const int SteadyRate = 20_000;
    private const int BatchSize = 64;

    /// <summary>Rounds before the first one that counts: a silo runs for weeks, and compiles its hot code in the first half minute.</summary>
    private const int WarmUp = 5;

    private static readonly (string Name, int Connections, int AlertsEach, double Goal)[] Cases =
    [
        ("batches of 64, 16 connections", 16, BatchSize, 1.0), ("one a request, 64 connections", 64, 1, 0.6),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(arguments is ["--seconds", var seconds, ..] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 5);
        using var data = new DataFolder();
        await using var awooop = await AwooopServer.StartAsync(data.Path);
        await using var alertmanager = await Alertmanager.StartAsync(data.Path);
        var reached = await CompareAsync(awooop, alertmanager, time);
        reached &= await WorkOffAsync(awooop, time * 4);
        await NewAlertsAsync(awooop);
        Console.WriteLine(reached ? "Every goal was reached." : "A goal was missed.");
        return reached ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(AwooopServer awooop, Alertmanager alertmanager, TimeSpan time)
    {
        const int rounds = 3;
        var reached = true;
        Console.WriteLine($"{rounds} rounds of {time.TotalSeconds:0} s each way; acknowledged alerts a second.");
        Console.WriteLine();
        Console.WriteLine("| sent as                       | AwoooP (durable) | Alertmanager (memory) | ratio | goal |");
        Console.WriteLine("| :---------------------------- | ---------------: | --------------------: | ----: | ---: |");
        foreach (var (name, connections, alertsEach, goal) in Cases)
        {
            var bodies = new AlertBodies(Services, Population);
            await IntakeLoad.RunAsync(alertmanager.Address, bodies, connections, alertsEach, time);
            await IntakeLoad.RunAsync(awooop.Address, bodies, connections, alertsEach, time * WarmUp);
            double ours = 0, theirs = 0;
            for (var round = 0; round < rounds; round++)
            {
                await DrainAsync(awooop);
                ours += await IntakeLoad.RunAsync(awooop.Address, bodies, connections, alertsEach, time);
                await DrainAsync(awooop);
                theirs += await IntakeLoad.RunAsync(alertmanager.Address, bodies, connections, alertsEach, time);
            }

            reached &= ours >= goal * theirs;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name,-29} | {ours / rounds,16:0} | {theirs / rounds,21:0} | {ours / theirs,5:0.00} | {goal,4:0.0} |"));
        }

        Console.WriteLine();
        return reached;
    }

    private static async Task<bool> WorkOffAsync(AwooopServer awooop, TimeSpan time)
    {
        var bodies = new AlertBodies(Services, Population);
        await DrainAsync(awooop);
        var steady = SteadyLoad.RunAsync(awooop.Address, bodies, SteadyRate, BatchSize, time);
        await Task.WhenAny(steady, Task.Delay(time / 2));
        var (halfway, started) = (await awooop.BacklogAsync(), Stopwatch.GetTimestamp());
        var offered = await steady;
        var (end, took) = (await awooop.BacklogAsync(), Stopwatch.GetElapsedTime(started));

        // Senders come first, so a backlog builds up at the start, until batches are large enough; from then on it must not grow.
        var consumed = (end.Consumed - halfway.Consumed) / took.TotalSeconds;
        var growing = end.Intake > halfway.Intake + SteadyRate || end.Delivery > halfway.Delivery + SteadyRate;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A steady {offered:0} alerts/s, {Population} distinct ones in turn, for {time.TotalSeconds:0} s: {consumed:0}/s worked off in the second half; lag {halfway.Intake} halfway, {end.Intake} at the end, of events {halfway.Delivery} and {end.Delivery} ({(growing ? "growing" : "not growing")})."));
        return !growing && offered >= SteadyRate * 0.95 && consumed >= SteadyRate * 0.95;
    }

    /// <summary>How fast alerts are worked off that were never seen before, each the first word about a member; as fast as they come.</summary>
    private static async Task NewAlertsAsync(AwooopServer awooop)
    {
        const int alerts = 100_000;
        var bodies = new AlertBodies(Services * 10, alerts);
        await DrainAsync(awooop);
        var started = Stopwatch.GetTimestamp();
        await SteadyLoad.RunAsync(awooop.Address, bodies, SteadyRate, BatchSize, TimeSpan.FromSeconds((double)alerts / SteadyRate));
        await DrainAsync(awooop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{alerts} alerts never seen before, of {Services * 10} services: {alerts / Stopwatch.GetElapsedTime(started).TotalSeconds:0}/s went all their way, into incidents and records."));
    }

    /// <summary>Waits until every alert has gone all its way: through its grain, into the records and to whatever reacts to it.</summary>
    private static async Task DrainAsync(AwooopServer awooop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await awooop.BacklogAsync()).IsEmpty)
            await timer.WaitForNextTickAsync();
    }
}
