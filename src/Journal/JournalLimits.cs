namespace AwoooP.Journal;

/// <summary>The bounds of the journal. Each has its own refusal.</summary>
public static class JournalLimits
{
    /// <summary>256 KiB. Refusal: <c>state_too_large</c>.</summary>
    public const int MaxStateBytes = 256 * 1024;

    /// <summary>256 KiB an event. Refusal: <c>event_too_large</c>.</summary>
    public const int MaxEventBytes = 256 * 1024;

    /// <summary>Events of one commit. Refusal: <c>too_many_events</c>.</summary>
    public const int MaxEventsPerCommit = 1024;

    /// <summary>A chain of reactions longer than this stops and is shown.</summary>
    public const int MaxDepth = 32;
}
