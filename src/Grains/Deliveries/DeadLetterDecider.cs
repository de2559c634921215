using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Deliveries;

/// <summary>
/// Decisions about a dead letter. Pure. There is no table: whether the letter still stands is the journal's to know, and what failed to be carried
/// out may be decided again.
/// </summary>
internal static class DeadLetterDecider
{
    public static Decision<DeadLetterEvent> Retry(RetryDeadLetter command, string by) => new DeadLetterRetried(command.Event, by);

    public static Decision<DeadLetterEvent> Discard(DiscardDeadLetter command, string by) =>
        FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid ? invalid : new DeadLetterDiscarded(command.Event, command.Reason, by);
}
