namespace AwoooP.Bench.Load;

/// <summary>Compares what clients were told with what the platform tells afterwards. Pure.</summary>
internal static class LedgerCheck
{
    /// <param name="acknowledged">Must be there, once.</param>
    /// <param name="unknown">May be there, once.</param>
    /// <param name="told">In the order in which the platform tells it.</param>
    /// <param name="listed">The incidents and playbooks that the platform lists.</param>
    public static Verdict Check(
        IReadOnlyCollection<Write> acknowledged, IReadOnlyCollection<Write> unknown, IEnumerable<ToldWrite> told, IReadOnlySet<string> listed)
    {
        var written = acknowledged.Concat(unknown).ToHashSet();
        var (seen, found) = (new HashSet<Write>(), new HashSet<Write>());
        var (doubled, outOfOrder) = (new List<Write>(), new List<Write>());
        foreach (var chain in told.GroupBy(static line => line.Write.Chain, StringComparer.Ordinal))
        {
            var (home, place) = (chain.First().Home, 0);
            foreach (var line in chain)
            {
                if (listed.Contains(line.Home))
                    found.Add(line.Write);
                if (!written.Contains(line.Write) || !seen.Add(line.Write) || line.Home != home)
                    doubled.Add(line.Write);
                else if (line.Place <= place)
                    outOfOrder.Add(line.Write);
                place = Math.Max(place, line.Place);
            }
        }

        return new Verdict(acknowledged.Count, [.. acknowledged.Where(write => !found.Contains(write))], doubled, outOfOrder, unknown.Count);
    }
}
