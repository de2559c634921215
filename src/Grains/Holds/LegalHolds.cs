using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Holds;

/// <summary>The open legal holds of one project. Its snapshot, too.</summary>
public sealed record LegalHolds : IAggregateState<LegalHolds, LegalHoldEvent>
{
    public static string AggregateType => AggregateTypes.LegalHolds;

    public static LegalHolds Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<LegalHolds> Json => LegalHoldJson.Default.LegalHolds;

    /// <summary>Oldest first.</summary>
    public ImmutableArray<LegalHold> Open { get; init; } = [];

    [JsonIgnore]
    public bool IsEnded => Open.IsEmpty;

    public LegalHold? Find(Guid holdId) => Open.FirstOrDefault(hold => hold.HoldId == holdId);

    public LegalHolds Apply(LegalHoldEvent @event, DateTimeOffset at) => @event switch
    {
        LegalHoldPlaced placed => this with { Open = Open.Add(new LegalHold(placed.HoldId, placed.IncidentId, placed.By, at)) },
        LegalHoldReleased released => this with { Open = Open.RemoveAll(hold => hold.HoldId == released.HoldId) },
        _ => throw new InvalidOperationException($"Legal holds know no {@event.GetType().Name}."),
    };
}
