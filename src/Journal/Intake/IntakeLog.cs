using AwoooP.Journal.Intake.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Intake;

/// <summary>Spreads entries over streams by their order key, and each stream over an append lane.</summary>
internal sealed class IntakeLog : IIntakeLog
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IntakeOptions _options;
    private readonly DrainRate _drain;
    private readonly IReadOnlySet<string> _kinds;
    private IntakePartition[] _written = [];
    private long _overloaded;
    private long _accepted;

    public IntakeLog(
        IEnumerable<IIntakeConsumer> consumers, AppendIntake append, IDurableClock clock, DrainRate drain, IOptions<IntakeOptions> options, ILogger<AppendLane> logger)
    {
        _options = options.Value;
        _drain = drain;
        _kinds = consumers.Select(consumer => consumer.Kind).ToHashSet();
        Lanes = [.. Enumerable.Range(0, _options.AppendLanes).Select(_ => new AppendLane(append, _options, clock, logger))];
    }

    public IReadOnlyList<AppendLane> Lanes { get; }

    /// <summary>Every partition that is worked off here.</summary>
    public IReadOnlyCollection<IntakePartition> Partitions { get; private set; } = [];

    public IntakeLag Lag { get; } = new();

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Overloaded => Interlocked.Read(ref _overloaded);

    /// <summary>New entries go to the first few of them; all are worked off, since an earlier owner may have written to any.</summary>
    public void Use(IReadOnlyCollection<IntakePartition> partitions)
    {
        Partitions = partitions;
        IntakePartition[] written = [.. partitions.Where(partition => !partition.IsStopped).OrderBy(partition => partition.Partition).Take(_options.Streams)];
        Volatile.Write(ref _written, written);
        if (written.Length > 0)
            _started.TrySetResult();
    }

    public async ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        Check(entry);

        // Only while the silo starts: later on, none means that the lease was lost.
        if (!_started.Task.IsCompleted)
            await Task.WhenAny(_started.Task, Task.Delay(StartLimit, cancellationToken));
        var written = Volatile.Read(ref _written);
        if (written.Length == 0)
            throw new JournalUnavailableException("This silo owns no partitions.");

        var partition = written[Hash(entry.OrderKey ?? entry.ProjectId) % (uint)written.Length];

        // By the partition's own number, which no change of ownership moves: one lane alone numbers its requests.
        var lane = Lanes[partition.Partition % Lanes.Count];
        var excess = Lag.Items + entry.Items - _options.MaxLagItems;
        if (excess > 0 || lane.Queued >= _options.MaxQueuedRequests / Lanes.Count || lane.QueuedBytes >= _options.MaxQueuedBytes / Lanes.Count)
        {
            Interlocked.Increment(ref _overloaded);
            return new IntakeOutcome(IntakeStatus.Overloaded, _drain.TimeFor(Math.Max(excess, 0) + (_options.MaxLagItems / 20)));
        }

        var request = new AppendRequest(partition, entry);
        lane.Enqueue(request);
        await request.Done.WaitAsync(cancellationToken);
        Interlocked.Increment(ref _accepted);
        return new IntakeOutcome(IntakeStatus.Accepted);
    }

    private void Check(IntakeEntry entry)
    {
        if (!_kinds.Contains(entry.Kind))
            throw new ArgumentException($"Nobody consumes {entry.Kind}.", nameof(entry));
        if (entry.Items < 1 || string.IsNullOrEmpty(entry.ProjectId))
            throw new ArgumentException("An entry has a project and at least one item.", nameof(entry));
        if (entry.Payload.Length > _options.MaxPayloadBytes)
            throw new ArgumentException($"A payload has at most {_options.MaxPayloadBytes} bytes.", nameof(entry));
    }

    /// <summary>FNV-1a: the same in every process, as string hashes are not.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
            hash = (hash ^ character) * 16777619u;
        return hash ^ (hash >> 16);
    }
}
