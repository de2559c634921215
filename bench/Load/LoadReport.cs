using System.Globalization;

namespace AwoooP.Bench.Load;

/// <summary>What is said of a load at its end. Pure.</summary>
/// <param name="clients">How many it had.</param>
/// <param name="began">When it began, in the zone that is shown.</param>
/// <param name="time">How long writes were begun.</param>
internal sealed class LoadReport(int clients, DateTimeOffset began, TimeSpan time)
{
    private const int MostNamed = 10;

    public IEnumerable<string> Lines(IReadOnlyCollection<Acknowledgement> acknowledged, Verdict verdict)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"acknowledged {verdict.Acknowledged}, lost {verdict.Lost.Count}, doubled {verdict.Doubled.Count}, out of order {verdict.OutOfOrder.Count}, unknown {verdict.Unknown}");
        foreach (var (what, writes) in new[] { ("lost", verdict.Lost), ("doubled", verdict.Doubled), ("out of order", verdict.OutOfOrder) })
        {
            if (writes.Count > 0)
                yield return $"  {what}: {string.Join(", ", writes.Take(MostNamed))}{(writes.Count > MostNamed ? ", ..." : "")}";
        }

        yield return $"The longest time without an acknowledgement: {Text(Silence.Longest(acknowledged.Select(static told => told.At), time))}";
        var byClient = acknowledged.ToLookup(static told => told.Client, static told => told.At);
        for (var client = 1; client <= clients; client++)
            yield return string.Create(CultureInfo.InvariantCulture, $"  to client {client,3}: {Text(Silence.Longest(byClient[client], time))}");
        yield return verdict switch
        {
            { IsWhole: true } => "The ledger is whole.",
            { Acknowledged: 0 } => "Nothing was acknowledged, so nothing is proven.",
            _ => "THE LEDGER IS NOT WHOLE.",
        };
    }

    private string Text(Silence silence) => string.Create(CultureInfo.InvariantCulture,
        $"{silence.Length.TotalSeconds,6:0.00} s, from second {silence.From.TotalSeconds:0.0} on ({began + silence.From:HH:mm:ss})");
}
