using System.Diagnostics.Metrics;

namespace AwoooP.Journal.Commits;

/// <summary>What the commit pipeline tells of itself, on the meter <c>AwoooP.Journal</c>.</summary>
internal sealed class CommitMetrics
{
    private static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetNames<CommitStatus>().Select(name => new KeyValuePair<string, object?>("outcome", name.ToLowerInvariant()))];

    private static readonly KeyValuePair<string, object?>[] Writes =
        [.. Enum.GetNames<WriteStatus>().Select(name => new KeyValuePair<string, object?>("result", name.ToLowerInvariant()))];

    private readonly long[] _committedIn = new long[PartitionMap.Count];
    private readonly TimeProvider _clock;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _batches;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _latency;

    public CommitMetrics(IMeterFactory meters, TimeProvider clock, CommitQueue queue)
    {
        _clock = clock;
        var meter = meters.Create(JournalTelemetry.Name);
        _commits = meter.CreateCounter<long>("awooop.journal.commits", "{commit}", "Settled commits by outcome");
        _batches = meter.CreateCounter<long>("awooop.journal.batches", "{transaction}", "Transactions of batches by result");
        _batchSize = meter.CreateHistogram<int>("awooop.journal.batch.size", "{commit}", "Commits that shared a transaction");
        _latency = meter.CreateHistogram<double>("awooop.journal.commit.duration", "s", "From the queue to the outcome");
        meter.CreateObservableGauge("awooop.journal.queue", () => queue.Count, "{commit}", "Commits that wait");
    }

    public void Wrote(int commits, WriteStatus status)
    {
        _batches.Add(1, Writes[(int)status]);
        _batchSize.Record(commits);
    }

    /// <summary>Commits of the partition that this process made durable.</summary>
    public long CommittedIn(short partition) => Volatile.Read(ref _committedIn[partition]);

    public void Settled(short partition, long queuedAt, CommitStatus status)
    {
        // One lane writes a partition at a time, and the next one after it.
        if (status == CommitStatus.Committed)
            Volatile.Write(ref _committedIn[partition], _committedIn[partition] + 1);
        _commits.Add(1, Outcomes[(int)status]);
        if (_latency.Enabled)
            _latency.Record(_clock.GetElapsedTime(queuedAt).TotalSeconds);
    }
}
