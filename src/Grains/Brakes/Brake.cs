using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Brakes;

/// <summary>What is paused in one project. Its snapshot, too.</summary>
public sealed record Brake : IAggregateState<Brake, BrakeEvent>
{
    public static string AggregateType => AggregateTypes.Brake;

    public static Brake Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Brake> Json => BrakeJson.Default.Brake;

    public PauseEntry? Project { get; init; }

    public ImmutableSortedDictionary<string, PauseEntry> Playbooks { get; init; } = ImmutableSortedDictionary.Create<string, PauseEntry>(StringComparer.Ordinal);

    /// <summary>Brakes are read before every step and stay in memory.</summary>
    [JsonIgnore]
    public bool IsEnded => false;

    public PauseEntry? Find(string? playbookId) => playbookId is null ? Project : Playbooks.GetValueOrDefault(playbookId);

    public Brake Apply(BrakeEvent @event, DateTimeOffset at) => @event switch
    {
        AutomationPaused { PlaybookId: null } paused => this with { Project = new PauseEntry(paused.By, paused.Reason, at) },
        AutomationPaused paused => this with { Playbooks = Playbooks.SetItem(paused.PlaybookId, new PauseEntry(paused.By, paused.Reason, at)) },
        AutomationResumed { PlaybookId: null } => this with { Project = null },
        AutomationResumed resumed => this with { Playbooks = Playbooks.Remove(resumed.PlaybookId) },
        _ => throw new InvalidOperationException($"A brake does not know {@event.GetType().Name}."),
    };
}
