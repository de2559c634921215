namespace AwoooP.Journal.Membership;

/// <summary>
/// Which silo a partition belongs to: each takes those whose hash with its name is highest, but never more than its
/// share, so that a silo that comes or goes moves few partitions and none is overloaded.
/// </summary>
internal static class RendezvousPlacement
{
    /// <param name="silos">The living silos; order does not matter.</param>
    public static IReadOnlyDictionary<short, string> Place(IReadOnlyCollection<string> silos, short partitions)
    {
        var share = (partitions + silos.Count - 1) / silos.Count;
        var load = silos.ToDictionary(silo => silo, _ => 0, StringComparer.Ordinal);
        var placed = new Dictionary<short, string>();
        for (short partition = 0; partition < partitions; partition++)
        {
            var chosen = silos.Where(silo => load[silo] < share)
                .OrderByDescending(silo => Weight(silo, partition)).ThenBy(silo => silo, StringComparer.Ordinal).First();
            load[chosen]++;
            placed[partition] = chosen;
        }

        return placed;
    }

    private static ulong Weight(string silo, short partition)
    {
        var hash = 14695981039346656037UL ^ (ulong)partition;
        foreach (var character in silo)
            hash = (hash ^ character) * 1099511628211UL;

        // FNV alone leaves neighbouring partitions alike in the high bits.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }
}
