namespace AwoooP.Runtime.Timing;

/// <summary>Something with a deadline.</summary>
internal interface IWheelEntry
{
    /// <summary>Whether the deadline no longer matters. The wheel lets such entries go when it comes by, not at once.</summary>
    bool IsDone { get; }

    /// <summary>The deadline has passed. On the wheel's thread: must be short and must not throw.</summary>
    void Expire();
}
