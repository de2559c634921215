using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Holds;

public abstract record LegalHoldEvent;

/// <param name="IncidentId">Null: the whole project.</param>
public sealed record LegalHoldPlaced(Guid HoldId, string? IncidentId, string Reason, string By) : LegalHoldEvent;

public sealed record LegalHoldReleased(Guid HoldId, string Reason, string By) : LegalHoldEvent;

public static class LegalHoldEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<LegalHoldPlaced>("legal_hold.placed", 1, LegalHoldEventJson.Default.LegalHoldPlaced),
        new EventType<LegalHoldReleased>("legal_hold.released", 1, LegalHoldEventJson.Default.LegalHoldReleased),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LegalHoldPlaced))]
[JsonSerializable(typeof(LegalHoldReleased))]
internal sealed partial class LegalHoldEventJson : JsonSerializerContext;
