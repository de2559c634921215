using AwoooP.Journal.Intake.Sql;

namespace AwoooP.Journal.Intake;

/// <summary>One owned partition of the intake log: what comes next when it is written, and a stream a kind when it is read.</summary>
internal sealed class IntakePartition
{
    private readonly Dictionary<string, IntakeStream> _streams;
    private readonly CancellationTokenSource _ending = new();
    private long _lastReceived;
    private volatile bool _isStopped;

    public IntakePartition(TakenHead taken, IEnumerable<IntakeStream> streams)
    {
        Partition = taken.Partition;
        Epoch = taken.Epoch;
        Head = taken.Head;
        _lastReceived = taken.LastReceived.UtcTicks;
        _streams = streams.ToDictionary(static stream => stream.Kind);
    }

    public short Partition { get; }

    /// <summary>Which ownership this is; an append under an older one writes nothing.</summary>
    public long Epoch { get; }

    /// <summary>The last sequence number that was used, whether or not its append succeeded. Only the partition's append lane touches it.</summary>
    public long Head { get; private set; }

    public IReadOnlyCollection<IntakeStream> Streams => _streams.Values;

    /// <summary>Whether nothing more may be appended or handed out.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Cancelled when the partition has ended, so that nobody works for it any longer.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>At once, for whoever learns that the partition is lost, or may be. Whoever follows the ownership ends it then.</summary>
    public void Stop() => _isStopped = true;

    public Task EndAsync()
    {
        Stop();
        foreach (var stream in Streams)
            stream.Stop();
        return _ending.CancelAsync();
    }

    /// <summary>Numbers the request. A number is never used again, not even after a failure whose outcome is unknown.</summary>
    public void Number(AppendRequest request, DateTimeOffset now)
    {
        request.Seq = ++Head;
        _lastReceived = Math.Max(_lastReceived, now.UtcTicks);
        request.ReceivedAt = new DateTimeOffset(_lastReceived, TimeSpan.Zero);
    }

    /// <summary>The request is durable.</summary>
    public void Publish(AppendRequest request)
    {
        var entry = request.Entry;
        _streams[entry.Kind].Add(new IntakeRecord(Partition, request.Seq, entry.ProjectId, entry.Kind, entry.Payload, request.ReceivedAt, entry.TraceId)
        {
            Items = entry.Items,
        });
    }
}
