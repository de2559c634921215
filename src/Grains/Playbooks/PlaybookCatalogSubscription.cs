using System.Collections.Frozen;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;

namespace AwoooP.Playbooks;

/// <summary>Keeps a project's catalogue of active playbooks up with the playbooks.</summary>
internal sealed class PlaybookCatalogSubscription(IGrainFactory grains, EventCatalog events) : ISubscription
{
    /// <summary>News of one command: they become one event, of which the journal bounds the size, and one match may take 60 KiB.</summary>
    private const int MaxNews = 4;

    public string Name => "playbook_catalog";

    public IReadOnlySet<string> EventTypes { get; } = new[]
    {
        events.NameOf<PlaybookActivated>(),
        events.NameOf<PlaybookRevised>(),
        events.NameOf<PlaybookArchived>(),
        events.NameOf<PlaybookOutcomeRecorded>(),
    }.ToFrozenSet(StringComparer.Ordinal);

    public async ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> recorded, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        var catalog = grains.GetGrain<IPlaybookCatalogGrain>($"{projectId}/{IPlaybookCatalogGrain.Key}");
        foreach (var news in recorded.Select(NewsOf).Chunk(MaxNews))
        {
            var followed = await catalog.FollowAsync(new FollowPlaybooks(partition, news), cancellationToken);
            if (followed.Refusal is { } refusal)
                throw new DeterministicFaultException($"{Name} was refused at {recorded[^1].Position}: {refusal.Code}.");
        }
    }

    private PlaybookNews NewsOf(RecordedEvent recorded)
    {
        var (seq, id) = (recorded.Position.Seq, recorded.Id.LocalKey);
        return events.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span) switch
        {
            PlaybookActivated activated =>
                new PlaybookNews(seq, id, new PlaybookEntry(id, activated.DefinitionVersion, activated.Definition.Match, activated.TrustScore), null),
            PlaybookOutcomeRecorded outcome => new PlaybookNews(seq, id, null, outcome.TrustAfter),
            _ => new PlaybookNews(seq, id, null, null),
        };
    }
}
