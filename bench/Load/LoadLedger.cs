using System.Collections.Concurrent;

namespace AwoooP.Bench.Load;

/// <summary>What the clients of a load were told, kept in memory: nothing of it depends on the system that is looked at.</summary>
internal sealed class LoadLedger
{
    private readonly ConcurrentQueue<Acknowledgement> _acknowledged = new();
    private readonly ConcurrentQueue<Write> _unknown = new();
    private long _failures;

    public IReadOnlyCollection<Acknowledgement> Acknowledged => _acknowledged;

    /// <summary>Writes that were begun and never acknowledged: they may be there, and need not.</summary>
    public IReadOnlyCollection<Write> Unknown => _unknown;

    /// <summary>Tries that ended without an acknowledgement, and were followed by another.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void Acknowledge(Acknowledgement told) => _acknowledged.Enqueue(told);

    public void GiveUp(Write write) => _unknown.Enqueue(write);

    public void Fail() => Interlocked.Increment(ref _failures);
}
