using AwoooP.Aggregates;
using AwoooP.Events;

namespace AwoooP.Playbooks;

/// <summary>The decisions and the matching of a catalogue. Pure.</summary>
internal static class PlaybookCatalogDecider
{
    /// <summary>How well an alert fits whose name alone was asked for; every label asked for beside it brings the fit nearer to 1.</summary>
    private const double NameOnly = 0.8;

    /// <param name="passedOver">How many playbooks had no room. They are not matched at all, rather than as they were before.</param>
    public static Decision<PlaybookCatalogEvent> Follow(PlaybookCatalog catalog, FollowPlaybooks command, out int passedOver)
    {
        passedOver = 0;
        var seen = catalog.Seqs.GetValueOrDefault(command.Partition, -1);
        var entries = catalog.Entries;
        var size = entries.Values.Sum(SizeOf);
        var news = new List<PlaybookNews>();
        var lastSeq = seen;
        foreach (var item in command.News.Where(item => item.Seq > seen))
        {
            lastSeq = item.Seq;
            var without = size - (entries.TryGetValue(item.PlaybookId, out var known) ? SizeOf(known) : 0);
            var fits = item.Entry is null || without + SizeOf(item.Entry) <= PlaybookLimits.MaxCatalogBytes;
            passedOver += fits ? 0 : 1;
            news.Add(fits ? item : item with { Entry = null, TrustScore = null });

            entries = PlaybookCatalog.Apply(entries, news[^1]);
            size = without + (entries.TryGetValue(item.PlaybookId, out var taken) ? SizeOf(taken) : 0);
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

    /// <summary>The entry's bytes in the snapshot, beside its key.</summary>
    private static int SizeOf(PlaybookEntry entry) => JsonBytes.Serialize(entry, PlaybookJson.Default.PlaybookEntry).Length;
}
