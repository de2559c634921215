using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Trust;

internal sealed record TrustRecord : IAggregateState<TrustRecord, TrustEvent>
{
    public static string AggregateType => AggregateTypes.Trust;

    public static TrustRecord Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<TrustRecord> Json => TrustRecordJson.Default.TrustRecord;

    public int Score { get; init; }
    public int TotalApprovals { get; init; }
    public int TotalRejections { get; init; }

    public bool IsEnded => false;

    public TrustRecord Apply(TrustEvent @event, DateTimeOffset at) => @event switch
    {
        TrustRaised raised => this with { Score = raised.Score, TotalApprovals = raised.TotalApprovals },
        TrustReset reset => this with { Score = 0, TotalRejections = reset.TotalRejections },
        _ => throw new InvalidOperationException($"A trust record knows no {@event.GetType().Name}."),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrustRecord))]
internal sealed partial class TrustRecordJson : JsonSerializerContext;
