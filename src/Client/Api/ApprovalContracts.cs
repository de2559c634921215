using System.ComponentModel.DataAnnotations;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Client.Api;

/// <summary>A request for signatures as it stands.</summary>
public sealed record ApprovalDetail(
    string ProjectId,
    Guid ApprovalId,
    long Version,
    ApprovalStatus Status,
    string IncidentId,
    Guid RunId,
    RepairPlan Plan,
    string RequestedBy,
    int RequiredVotes,
    IReadOnlyList<Vote> Votes,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    bool Escalated,
    IReadOnlyList<string> AvailableActions)
{
    internal static ApprovalDetail Of(string projectId, ApprovalView view) => new(
        projectId,
        view.ApprovalId,
        view.Version,
        view.Status,
        view.Plan.IncidentId,
        view.Plan.RunId,
        view.Plan,
        view.RequestedBy,
        view.RequiredVotes,
        view.Votes,
        view.RequestedAt,
        view.ExpiresAt,
        view.Escalated,
        view.AvailableActions);
}

/// <summary>A signature for or against.</summary>
public sealed record VoteRequest
{
    public required VoteChoice Choice { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public string? Comment { get; init; }
}
