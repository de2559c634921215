using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Playbooks;

public abstract record PlaybookEvent;

public sealed record PlaybookCreated(string PlaybookId, PlaybookDefinition Definition, PlaybookSource Source, string? ParentPlaybookId, double TrustScore, string By) : PlaybookEvent;

public sealed record PlaybookRevised(PlaybookDefinition Definition, int DefinitionVersion, string? Reason, string By) : PlaybookEvent;

public sealed record PlaybookApproved(string By) : PlaybookEvent;

public sealed record PlaybookActivated(PlaybookDefinition Definition, int DefinitionVersion, double TrustScore, string By, int? Seat = null) : PlaybookEvent;

public sealed record PlaybookArchived(string? Reason, string By) : PlaybookEvent;

/// <param name="Status">Approved when it was approved before it was archived, else draft.</param>
public sealed record PlaybookRestored(string? Reason, string By, PlaybookStatus Status) : PlaybookEvent;

public sealed record PlaybookOutcomeRecorded(
    Guid RunId,
    string IncidentId,
    bool Success,
    double TrustBefore,
    double TrustAfter,
    int SuccessCount,
    int FailureCount) : PlaybookEvent;

/// <summary>The catalogue grain's own events.</summary>
public abstract record PlaybookCatalogEvent;

public sealed record PlaybookNewsFollowed(short Partition, long LastSeq, IReadOnlyList<PlaybookNews> News) : PlaybookCatalogEvent;

public static class PlaybookEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<PlaybookCreated>("playbook.created", 1, PlaybookEventJson.Default.PlaybookCreated),
        new EventType<PlaybookRevised>("playbook.revised", 1, PlaybookEventJson.Default.PlaybookRevised),
        new EventType<PlaybookApproved>("playbook.approved", 1, PlaybookEventJson.Default.PlaybookApproved),
        new EventType<PlaybookActivated>("playbook.activated", 1, PlaybookEventJson.Default.PlaybookActivated),
        new EventType<PlaybookArchived>("playbook.archived", 1, PlaybookEventJson.Default.PlaybookArchived),
        new EventType<PlaybookRestored>("playbook.restored", 1, PlaybookEventJson.Default.PlaybookRestored),
        new EventType<PlaybookOutcomeRecorded>("playbook.outcome_recorded", 1, PlaybookEventJson.Default.PlaybookOutcomeRecorded),
        new EventType<PlaybookNewsFollowed>("playbook_catalog.news_followed", 1, PlaybookEventJson.Default.PlaybookNewsFollowed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(PlaybookCreated))]
[JsonSerializable(typeof(PlaybookRevised))]
[JsonSerializable(typeof(PlaybookApproved))]
[JsonSerializable(typeof(PlaybookActivated))]
[JsonSerializable(typeof(PlaybookArchived))]
[JsonSerializable(typeof(PlaybookRestored))]
[JsonSerializable(typeof(PlaybookOutcomeRecorded))]
[JsonSerializable(typeof(PlaybookNewsFollowed))]
internal sealed partial class PlaybookEventJson : JsonSerializerContext;
