using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Holds;

/// <summary>
/// Placing and releasing legal holds. Pure. A hold is either open or not, so there is no table: placing an open one again changes nothing, so that
/// a repeated request is harmless; what is not open cannot be released.
/// </summary>
internal static class LegalHoldDecider
{
    private const int MaxIncidentId = 64;

    public static Decision<LegalHoldEvent> Place(LegalHolds holds, PlaceLegalHold command, string by)
    {
        if (command.IncidentId is { Length: 0 or > MaxIncidentId })
            return Invalid("incident_id", $"An incident's id has 1 to {MaxIncidentId} characters.", $"1..{MaxIncidentId}");
        if (InvalidReason(command.Reason) is { } invalid)
            return invalid;
        if (holds.Find(command.HoldId) is not null)
            return Decision<LegalHoldEvent>.Nothing;

        return holds.Open.Length < LegalHold.MaxOpen
            ? new LegalHoldPlaced(command.HoldId, command.IncidentId, command.Reason, by)
            : new Refusal(RefusalKind.Conflict, "too_many_legal_holds", $"{LegalHold.MaxOpen} holds are open: release one, or hold the whole project.");
    }

    public static Decision<LegalHoldEvent> Release(LegalHolds holds, ReleaseLegalHold command, string by)
    {
        if (holds.Find(command.HoldId) is null)
            return new Refusal(RefusalKind.NotFound, "legal_hold_not_found", "No such hold is open in this project.");

        return InvalidReason(command.Reason) is { } invalid ? invalid : new LegalHoldReleased(command.HoldId, command.Reason, by);
    }

    private static Refusal? InvalidReason(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > LegalHold.MaxReason
        ? Invalid("reason", $"A reason of 1 to {LegalHold.MaxReason} characters is needed.", $"1..{LegalHold.MaxReason}")
        : null;

    private static Refusal Invalid(string field, string message, string bound) => Refusal.Invalid([new FieldFault($"$.{field}", $"invalid_{field}", message, bound)]);
}
