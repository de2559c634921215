using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Playbooks;

internal sealed record Playbook : IAggregateState<Playbook, PlaybookEvent>
{
    public static string AggregateType => AggregateTypes.Playbook;

    public static Playbook Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Playbook> Json => PlaybookJson.Default.Playbook;

    public string PlaybookId { get; init; } = "";
    public PlaybookStatus Status { get; init; }
    public PlaybookDefinition? Definition { get; init; }

    /// <summary>From 1; grows with every revision.</summary>
    public int DefinitionVersion { get; init; }

    /// <summary>Who made the newest version.</summary>
    public string Author { get; init; } = "";

    /// <summary>The newest version was approved, whatever became of it since.</summary>
    public bool IsApproved { get; init; }

    /// <summary>Its place among the project's active playbooks; null while it is not active, and for one that was before there were places.</summary>
    public int? Seat { get; init; }

    public double TrustScore { get; init; }
    public int SuccessCount { get; init; }
    public int FailureCount { get; init; }

    public bool IsEnded => Status is PlaybookStatus.Archived;

    public Playbook Apply(PlaybookEvent @event, DateTimeOffset at) => @event switch
    {
        PlaybookCreated created => this with
        {
            PlaybookId = created.PlaybookId,
            Status = PlaybookStatus.Draft,
            Definition = created.Definition,
            DefinitionVersion = 1,
            Author = created.By,
            TrustScore = created.TrustScore,
        },
        PlaybookRevised revised => this with
        {
            Status = PlaybookStatus.Draft,
            Definition = revised.Definition,
            DefinitionVersion = revised.DefinitionVersion,
            Author = revised.By,
            IsApproved = false,
            Seat = null,
        },
        PlaybookApproved => this with { Status = PlaybookStatus.Approved, IsApproved = true },
        PlaybookActivated activated => this with { Status = PlaybookStatus.Active, Seat = activated.Seat },
        PlaybookArchived => this with { Status = PlaybookStatus.Archived, Seat = null },
        PlaybookRestored restored => this with { Status = restored.Status },
        PlaybookOutcomeRecorded outcome => this with
        {
            TrustScore = outcome.TrustAfter,
            SuccessCount = outcome.SuccessCount,
            FailureCount = outcome.FailureCount,
        },
        _ => throw new InvalidOperationException($"A playbook knows no {@event.GetType().Name}."),
    };
}
