using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Deliveries;

public abstract record DeadLetterEvent;

public sealed record DeadLetterRetried(WithheldEvent Event, string By) : DeadLetterEvent;

public sealed record DeadLetterDiscarded(WithheldEvent Event, string Reason, string By) : DeadLetterEvent;

public static class DeadLetterEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<DeadLetterRetried>("dead_letter.retried", 1, DeadLetterEventJson.Default.DeadLetterRetried),
        new EventType<DeadLetterDiscarded>("dead_letter.discarded", 1, DeadLetterEventJson.Default.DeadLetterDiscarded),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetterRetried))]
[JsonSerializable(typeof(DeadLetterDiscarded))]
internal sealed partial class DeadLetterEventJson : JsonSerializerContext;
