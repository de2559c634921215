using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Brakes;

public abstract record BrakeEvent;

public sealed record AutomationPaused(string? PlaybookId, string Reason, string By) : BrakeEvent;

public sealed record AutomationResumed(string? PlaybookId, string By) : BrakeEvent;

public static class BrakeEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<AutomationPaused>("brake.paused", 1, BrakeEventJson.Default.AutomationPaused),
        new EventType<AutomationResumed>("brake.resumed", 1, BrakeEventJson.Default.AutomationResumed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AutomationPaused))]
[JsonSerializable(typeof(AutomationResumed))]
internal sealed partial class BrakeEventJson : JsonSerializerContext;
