using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Trust;

namespace AwoooP.Grains.Tests.Events;

/// <summary>The catalogue of a later build, in which an event has been reshaped twice.</summary>
internal static class ReshapedTrust
{
    /// <summary>Version 1 called the action pattern <c>pattern</c>; version 2 did not count approvals apart from the score.</summary>
    public static EventType Raised { get; } = new EventType<TrustRaised>("trust.raised", 3, ReshapedTrustJson.Default.TrustRaised)
        .Upcast(1, Rename)
        .Upcast(2, CountApprovals);

    public static EventCatalog Catalog { get; } = new([.. EventCatalog.Default.All.Where(type => type.Name != Raised.Name), Raised]);

    private static JsonObject Rename(JsonObject json)
    {
        json["action_pattern"] = json["pattern"]?.DeepClone();
        json.Remove("pattern");
        return json;
    }

    private static JsonObject CountApprovals(JsonObject json)
    {
        json["total_approvals"] = json["score"]?.DeepClone();
        return json;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrustRaised))]
internal sealed partial class ReshapedTrustJson : JsonSerializerContext;
