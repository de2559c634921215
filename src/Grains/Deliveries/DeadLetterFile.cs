using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Deliveries;

/// <summary>What was decided about a dead letter so far. Its snapshot, too.</summary>
public sealed record DeadLetterFile : IAggregateState<DeadLetterFile, DeadLetterEvent>
{
    public static string AggregateType => AggregateTypes.DeadLetter;

    public static DeadLetterFile Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<DeadLetterFile> Json => DeadLetterJson.Default.DeadLetterFile;

    public int Retries { get; init; }

    public bool Discarded { get; init; }

    /// <summary>Nothing is asked of it but by a person, now and then.</summary>
    [JsonIgnore]
    public bool IsEnded => true;

    public DeadLetterFile Apply(DeadLetterEvent @event, DateTimeOffset at) => @event switch
    {
        DeadLetterRetried => this with { Retries = Retries + 1 },
        DeadLetterDiscarded => this with { Discarded = true },
        _ => throw new InvalidOperationException($"A dead letter does not know {@event.GetType().Name}."),
    };
}
