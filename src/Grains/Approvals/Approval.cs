using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Approvals;

/// <summary>A request for signatures as its events have made it. Its snapshot, too.</summary>
public sealed record Approval : IAggregateState<Approval, ApprovalEvent>
{
    public static string AggregateType => AggregateTypes.Approval;

    public static Approval Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Approval> Json => ApprovalJson.Default.Approval;

    public ApprovalStatus Status { get; init; }

    /// <summary>Null only before the approval was requested.</summary>
    public RepairPlan? Plan { get; init; }

    public string RequestedBy { get; init; } = "";
    public int RequiredVotes { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public bool Escalated { get; init; }

    /// <summary>At most one a person, in the order of their coming.</summary>
    public IReadOnlyList<Vote> Votes { get; init; } = [];

    [JsonIgnore]
    public bool IsEnded => Status is ApprovalStatus.Rejected or ApprovalStatus.Expired or ApprovalStatus.Cancelled
        or ApprovalStatus.Superseded or ApprovalStatus.Executed or ApprovalStatus.Failed;

    public Approval Apply(ApprovalEvent @event, DateTimeOffset at) => @event switch
    {
        ApprovalRequested requested => new Approval
        {
            Status = ApprovalStatus.Pending,
            Plan = requested.Plan,
            RequestedBy = requested.RequestedBy,
            RequiredVotes = requested.RequiredVotes,
            RequestedAt = at,
            ExpiresAt = requested.ExpiresAt,
        },
        ApprovalVoted voted => this with { Votes = [.. Votes, voted.Vote] },
        ApprovalGranted => this with { Status = ApprovalStatus.Approved },
        ApprovalRejected => this with { Status = ApprovalStatus.Rejected },
        ApprovalEscalated => this with { Escalated = true },
        ApprovalExpired => this with { Status = ApprovalStatus.Expired },
        ApprovalCancelled => this with { Status = ApprovalStatus.Cancelled },
        ApprovalSuperseded => this with { Status = ApprovalStatus.Superseded },
        ApprovalExecutionBegun => this with { Status = ApprovalStatus.Executing },
        ApprovalExecuted => this with { Status = ApprovalStatus.Executed },
        ApprovalExecutionFailed => this with { Status = ApprovalStatus.Failed },
        _ => throw new InvalidOperationException($"An approval does not know {@event.GetType().Name}."),
    };
}
