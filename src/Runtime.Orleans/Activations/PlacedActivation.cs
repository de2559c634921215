using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Activations;

/// <summary>What an activation of a partitioned grain knows of its place.</summary>
internal sealed class PlacedActivation(IGrainContext context)
{
    private long _turns;
    private long _taken;

    public IGrainContext Context => context;

    /// <summary>Under what its memory was loaded; null until then.</summary>
    public PartitionTenure? Tenure { get; set; }

    /// <summary>What it remembers may have been changed by another silo since, so nothing of it is told.</summary>
    public bool IsOutdated => Tenure is null or { IsOver: true };

    public void CountTurn() => Interlocked.Increment(ref _turns);

    /// <returns>Its turns since the last time. For one asker.</returns>
    public long TakeTurns()
    {
        var turns = Volatile.Read(ref _turns);
        var fresh = turns - _taken;
        _taken = turns;
        return fresh;
    }
}
