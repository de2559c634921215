using System.Collections.Concurrent;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

internal sealed class RecordingSubscription : ISubscription
{
    private readonly ConcurrentQueue<(string ProjectId, short Partition, long[] Seqs)> _batches = new();

    public string Name => "subscription";

    public IReadOnlySet<string> EventTypes { get; init; } = new HashSet<string> { "noted" };

    public IReadOnlyList<(string ProjectId, short Partition, long[] Seqs)> Batches => [.. _batches];

    public Func<IReadOnlyList<RecordedEvent>, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public IEnumerable<long> SeqsOf(string projectId) => Batches.Where(batch => batch.ProjectId == projectId).SelectMany(batch => batch.Seqs);

    public async ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await Before(events);
        _batches.Enqueue((projectId, partition, [.. events.Select(e => e.Position.Seq)]));
    }
}
