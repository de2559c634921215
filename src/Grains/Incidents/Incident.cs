using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Incidents;

internal sealed record Incident : IAggregateState<Incident, IncidentEvent>
{
    public static string AggregateType => AggregateTypes.Incident;

    public static Incident Initial { get; } = new();

    public static int StateVersion => 2;

    public static JsonTypeInfo<Incident> Json => IncidentJson.Default.Incident;

    public string IncidentId { get; init; } = "";
    public IncidentStatus Status { get; init; }
    public AlertIdentity? Identity { get; init; }
    public AlertClassification? Classification { get; init; }
    public int HitCount { get; init; }

    /// <summary>The labels of the newest signal, which fill a plan's templates.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The last plan; what it is worth says <see cref="PlanIsLive"/>.</summary>
    public RepairPlan? Plan { get; init; }

    /// <summary>The plan was proposed and neither executed nor withdrawn yet.</summary>
    public bool PlanIsLive { get; init; }

    /// <summary>Executed repairs that did not hold, by playbook.</summary>
    public ImmutableDictionary<string, int> Failures { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The alert stopped firing while the repair runs.</summary>
    public bool AlertIsClear { get; init; }

    public string? AcknowledgedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Why it was resolved last.</summary>
    public ResolutionKind Resolution { get; init; }

    public bool IsEnded => Status is IncidentStatus.Closed;

    public Incident Apply(IncidentEvent @event, DateTimeOffset at) => @event switch
    {
        IncidentOpened opened => this with
        {
            IncidentId = opened.IncidentId,
            Status = IncidentStatus.Investigating,
            Identity = opened.Identity,
            Classification = opened.Classification,
            HitCount = opened.HitCount,
            Labels = opened.Signal.Labels,
            OpenedAt = at,
        },
        IncidentSignalAdded added => this with { HitCount = added.HitCount, Labels = added.Signal.Labels, AlertIsClear = false },
        IncidentReopened reopened => this with
        {
            Status = IncidentStatus.Investigating,
            HitCount = reopened.HitCount,
            Labels = reopened.Signal.Labels,
            ResolvedAt = null,
            AlertIsClear = false,
        },
        IncidentPlanProposed proposed => this with { Plan = proposed.Plan, PlanIsLive = true },
        IncidentPlanDeclined => this,
        IncidentPlanWithdrawn => this with { PlanIsLive = false },
        IncidentAlertCleared => this with { AlertIsClear = true },
        IncidentAcknowledged acknowledged => this with { AcknowledgedBy = acknowledged.By },
        IncidentMitigationStarted => this with { Status = IncidentStatus.Mitigating },
        IncidentRepairFailed failed => this with
        {
            Status = IncidentStatus.Investigating,
            PlanIsLive = false,
            Failures = IncidentDecider.IsUnexecuted(failed.ErrorCode)
                ? Failures
                : Failures.SetItem(Plan!.PlaybookId, Failures.GetValueOrDefault(Plan.PlaybookId) + 1),
        },
        IncidentEscalated => this with { Status = IncidentStatus.Escalated },
        IncidentResolved resolved => this with { Status = IncidentStatus.Resolved, ResolvedAt = at, Resolution = resolved.Kind, PlanIsLive = false },
        IncidentClosed => this with { Status = IncidentStatus.Closed, PlanIsLive = false },
        _ => throw new InvalidOperationException($"An incident knows no {@event.GetType().Name}."),
    };
}
