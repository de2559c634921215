using System.Globalization;

namespace AwoooP.Bench.Engine;

/// <summary>What calls cost: in one process, between processes, with a durable commit, and when a silo dies.</summary>
internal static class EngineBench
{
    private static readonly (string Name, Func<TimeSpan, EngineTable, Task> Measure)[] Parts =
    [
        ("memory", InMemoryCalls.MeasureAsync),
        ("remote", RemoteCalls.MeasureAsync),
        ("durable", DurableCalls.MeasureAsync),
        ("takeover", TakeOver.MeasureAsync),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(double.Parse(Named("--seconds") ?? "6", CultureInfo.InvariantCulture));
        var chosen = Parts.Where(part => (Named("--only") ?? part.Name) == part.Name).ToList();
        if (chosen.Count == 0)
        {
            await Console.Error.WriteLineAsync($"bench engine --only: one of {string.Join(", ", Parts.Select(static part => part.Name))}");
            return 2;
        }

        var table = new EngineTable();
        foreach (var part in chosen)
            await part.Measure(time, table);
        return table.Conclude() ? 0 : 1;

        string? Named(string name) => arguments.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();
    }
}
