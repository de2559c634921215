namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>An event on its way; or, without an event, how far the log was looked through.</summary>
internal sealed class TrackedEvent(long seq, RecordedEvent? recorded)
{
    public long Seq { get; } = seq;

    public RecordedEvent? Event { get; } = recorded;

    public bool IsDone { get; set; } = recorded is null;
}
