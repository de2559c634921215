using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Audit;

/// <summary>How much was refused in a project so far: what was refused is in the log. Its snapshot, too.</summary>
public sealed record AuditTrail : IAggregateState<AuditTrail, AuditTrailEvent>
{
    public static string AggregateType => AggregateTypes.Audit;

    public static AuditTrail Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<AuditTrail> Json => AuditJson.Default.AuditTrail;

    public long Denied { get; init; }

    [JsonIgnore]
    public bool IsEnded => false;

    public AuditTrail Apply(AuditTrailEvent @event, DateTimeOffset at) => @event switch
    {
        ActDenied => this with { Denied = Denied + 1 },
        DenialsCounted counted => this with { Denied = Denied + counted.Count },
        SessionBegan or SessionEnded => this,
        _ => throw new InvalidOperationException($"An audit trail does not know {@event.GetType().Name}."),
    };
}
