namespace AwoooP.Runtime.Timing;

/// <summary>Something with a deadline. The links are the wheel's own, so that a deadline allocates nothing.</summary>
internal interface IWheelEntry
{
    WheelSlot? Slot { get; set; }

    IWheelEntry? Previous { get; set; }

    IWheelEntry? Next { get; set; }

    long DueTick { get; set; }

    /// <summary>The deadline has passed. On the wheel's thread: must be short and must not throw.</summary>
    void Expire();
}
