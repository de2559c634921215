namespace AwoooP.Journal.Delivery.Feed;

/// <summary>What one consumer's last attempts came to; written by its loop, read by the status page.</summary>
internal sealed class ConsumerHealth
{
    private int _failures;
    private long _delivered;
    private long _retries;
    private long _deadLetters;
    private volatile string? _fault;

    public int Failures => Volatile.Read(ref _failures);

    public long Delivered => Interlocked.Read(ref _delivered);

    public long Retries => Interlocked.Read(ref _retries);

    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>The kind of the last fault: a type or an SqlState, never a message of unknown content.</summary>
    public string? Fault => _fault;

    /// <param name="stillFailing">Faults in a row of a partition that has not got on, 0 when all do.</param>
    public void Succeeded(int events, int stillFailing = 0)
    {
        Interlocked.Add(ref _delivered, events);
        Volatile.Write(ref _failures, stillFailing);
        if (stillFailing == 0)
            _fault = null;
    }

    public void Failed(string fault, int failures)
    {
        Interlocked.Increment(ref _retries);
        _fault = fault;
        Volatile.Write(ref _failures, Math.Max(failures, 1));
    }

    public void HeldBack() => Interlocked.Increment(ref _deadLetters);
}
