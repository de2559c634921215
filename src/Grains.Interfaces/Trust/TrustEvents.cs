using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Trust;

public abstract record TrustEvent;

public sealed record TrustRaised(string ActionPattern, int Score, int TotalApprovals, string By) : TrustEvent;

public sealed record TrustReset(string ActionPattern, int TotalRejections, string By) : TrustEvent;

public static class TrustEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<TrustRaised>("trust.raised", 1, TrustEventJson.Default.TrustRaised),
        new EventType<TrustReset>("trust.reset", 1, TrustEventJson.Default.TrustReset),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrustRaised))]
[JsonSerializable(typeof(TrustReset))]
internal sealed partial class TrustEventJson : JsonSerializerContext;
