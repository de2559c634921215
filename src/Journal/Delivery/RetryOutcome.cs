namespace AwoooP.Journal.Delivery;

public enum RetryStatus
{
    None = 0,

    /// <summary>The event and all that queued behind it have been delivered, in order.</summary>
    Delivered,

    /// <summary>Delivery stopped at an event that cannot be delivered; it and what follows stay held.</summary>
    StillFailing,

    /// <summary>No such dead letter, or it was delivered or discarded already.</summary>
    NotFound,

    /// <summary>Another silo owns the partition: it is asked, and tries within seconds.</summary>
    Requested,
}

/// <param name="Delivered">How many events were delivered.</param>
/// <param name="Fault">With <see cref="RetryStatus.StillFailing"/>: what is wrong.</param>
public readonly record struct RetryOutcome(RetryStatus Status, int Delivered = 0, string? Fault = null);
