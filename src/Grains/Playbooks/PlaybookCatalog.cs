using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Playbooks;

internal sealed record PlaybookCatalog : IAggregateState<PlaybookCatalog, PlaybookCatalogEvent>
{
    public static string AggregateType => AggregateTypes.PlaybookCatalog;

    public static PlaybookCatalog Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<PlaybookCatalog> Json => PlaybookJson.Default.PlaybookCatalog;

    /// <summary>The active playbooks by id.</summary>
    public ImmutableSortedDictionary<string, PlaybookEntry> Entries { get; init; } = ImmutableSortedDictionary.Create<string, PlaybookEntry>(StringComparer.Ordinal);

    /// <summary>The last sequence number taken of each source partition.</summary>
    public ImmutableDictionary<short, long> Seqs { get; init; } = ImmutableDictionary<short, long>.Empty;

    public bool IsEnded => false;

    public PlaybookCatalog Apply(PlaybookCatalogEvent @event, DateTimeOffset at) => @event switch
    {
        PlaybookNewsFollowed followed => this with
        {
            Entries = followed.News.Aggregate(Entries, Apply),
            Seqs = Seqs.SetItem(followed.Partition, followed.LastSeq),
        },
        _ => throw new InvalidOperationException($"A playbook catalogue knows no {@event.GetType().Name}."),
    };

    public static ImmutableSortedDictionary<string, PlaybookEntry> Apply(ImmutableSortedDictionary<string, PlaybookEntry> entries, PlaybookNews news) => news switch
    {
        { Entry: { } entry } => entries.SetItem(news.PlaybookId, entry),
        { TrustScore: { } trust } => entries.TryGetValue(news.PlaybookId, out var known) ? entries.SetItem(news.PlaybookId, known with { TrustScore = trust }) : entries,
        _ => entries.Remove(news.PlaybookId),
    };
}
