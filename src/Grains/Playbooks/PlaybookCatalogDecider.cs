using AwoooP.Aggregates;

namespace AwoooP.Playbooks;

/// <summary>The decisions and the matching of a catalogue. Pure.</summary>
internal static class PlaybookCatalogDecider
{
    /// <summary>How well an alert fits whose name alone was asked for; every label asked for beside it brings the fit nearer to 1.</summary>
    private const double NameOnly = 0.8;

    public static Decision<PlaybookCatalogEvent> Follow(PlaybookCatalog catalog, FollowPlaybooks command, out int passedOver)
    {
        passedOver = 0;
        var seen = catalog.Seqs.GetValueOrDefault(command.Partition, -1);
        var size = catalog.Entries.Values.Sum(SizeOf);
        var news = new List<PlaybookNews>();
        var lastSeq = seen;
        foreach (var item in command.News.Where(item => item.Seq > seen))
        {
            lastSeq = item.Seq;
            var grows = item.Entry is null || catalog.Entries.ContainsKey(item.PlaybookId) ? 0 : SizeOf(item.Entry);
            if (size + grows > PlaybookLimits.MaxCatalogBytes)
            {
                passedOver++;
                continue;
            }

            size += grows;
            news.Add(item);
        }

        return lastSeq == seen
            ? Decision<PlaybookCatalogEvent>.Nothing
            : Decision<PlaybookCatalogEvent>.Of(new PlaybookNewsFollowed(command.Partition, lastSeq, news));
    }

    public static IReadOnlyList<PlaybookCandidate> Find(PlaybookCatalog catalog, string alertName, IReadOnlyDictionary<string, string> labels) =>
    [
        .. catalog.Entries.Values
            .Where(entry => Matches(entry.Match, alertName, labels))
            .Select(entry => new PlaybookCandidate(entry.PlaybookId, entry.Version, entry.TrustScore, Similarity(entry.Match)))
            .OrderByDescending(candidate => candidate.TrustScore * candidate.Similarity)
            .ThenBy(candidate => candidate.PlaybookId, StringComparer.Ordinal),
    ];

    private static bool Matches(PlaybookMatch match, string alertName, IReadOnlyDictionary<string, string> labels) =>
        match.AlertNames.Contains(alertName, StringComparer.Ordinal)
        && match.Labels.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static double Similarity(PlaybookMatch match) => 1 - ((1 - NameOnly) / (1 + match.Labels.Count));

    /// <summary>An upper bound of the entry's bytes in the snapshot.</summary>
    private static int SizeOf(PlaybookEntry entry) =>
        256 + (3 * (entry.Match.AlertNames.Sum(name => name.Length + 8) + entry.Match.Labels.Sum(label => label.Key.Length + label.Value.Length + 8)));

}
