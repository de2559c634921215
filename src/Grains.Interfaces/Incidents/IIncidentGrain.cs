using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Wording;

namespace AwoooP.Incidents;

/// <summary>One incident. Key: <c>{project_id}/INC-YYYYMMDD-XXXXXX</c>.</summary>
public interface IIncidentGrain : IAggregateGrain
{
    /// <summary>Refused with <c>incident_id_taken</c> when another alert opened an incident of this id.</summary>
    Task<CommandResult> OpenAsync(OpenIncident command, CancellationToken cancellationToken);

    /// <summary>A further occurrence joins; a resolved incident fires again (refused when closed, or resolved more than 30 minutes ago).</summary>
    Task<CommandResult> AddSignalAsync(AddSignal command, CancellationToken cancellationToken);

    /// <summary>The alert behind it stopped firing.</summary>
    Task<CommandResult> ClearAlertAsync(ClearAlert command, CancellationToken cancellationToken);

    Task<CommandResult> ProposePlanAsync(ProposePlan command, CancellationToken cancellationToken);

    /// <summary>No plan can be proposed; says why.</summary>
    Task<CommandResult> DeclinePlanAsync(DeclinePlan command, CancellationToken cancellationToken);

    Task<CommandResult> StartMitigationAsync(StartMitigation command, CancellationToken cancellationToken);

    Task<CommandResult> RecordRepairAsync(RecordRepair command, CancellationToken cancellationToken);

    Task<CommandResult> AcknowledgeAsync(AcknowledgeIncident command, CancellationToken cancellationToken);

    Task<CommandResult> EscalateAsync(EscalateIncident command, CancellationToken cancellationToken);

    Task<CommandResult> ResolveAsync(ResolveIncident command, CancellationToken cancellationToken);

    Task<CommandResult> CloseAsync(CloseIncident command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<IncidentView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record OpenIncident(
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertMember Signal,
    int HitCount,
    AlertFrequency Frequency);

public sealed record AddSignal(AlertMember Signal, int HitCount);

public sealed record ClearAlert(string Fingerprint);

public sealed record ProposePlan(RepairPlan Plan);

/// <param name="NeedsPerson">Nothing automatic is left to try: escalate.</param>
/// <param name="Why">The reason as a phrase.</param>
public sealed record DeclinePlan(string Reason, bool NeedsPerson = false, Phrase? Why = null)
{
    public static DeclinePlan For(Phrase why, bool needsPerson = false) => new(why.InEnglish(), needsPerson, why);
}

public sealed record StartMitigation(Guid RunId);

/// <param name="Verified">The run completed and its verification passed.</param>
/// <param name="ErrorCode">Null when verified.</param>
/// <param name="NeedsPerson">A further automatic attempt makes no sense: escalate.</param>
public sealed record RecordRepair(Guid RunId, bool Verified, string? ErrorCode, bool NeedsPerson);

public sealed record AcknowledgeIncident(string? Comment);

public sealed record EscalateIncident(string Reason);

public sealed record ResolveIncident(string? Comment);

public sealed record CloseIncident(string? Comment);

/// <param name="Labels">Those of the newest signal.</param>
public sealed record IncidentView(
    long Version,
    string IncidentId,
    IncidentStatus Status,
    AlertIdentity Identity,
    AlertClassification Classification,
    int HitCount,
    IReadOnlyDictionary<string, string> Labels,
    RepairPlan? Plan,
    bool PlanIsLive,
    string? AcknowledgedBy,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    IReadOnlyList<string> AvailableActions)
{
    /// <summary>Whether the plan that still counts is that of this run. An incident that is over has none.</summary>
    public bool HasLivePlanOf(Guid runId) => PlanIsLive && Plan?.RunId == runId;
}
