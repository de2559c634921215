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
            return Refusal.Invalid([new FieldFault("$.incident_id", "invalid_incident_id", $"An incident's id has 1 to {MaxIncidentId} characters.", $"1..{MaxIncidentId}")]);
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
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

        return FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid ? invalid : new LegalHoldReleased(command.HoldId, command.Reason, by);
    }
}
