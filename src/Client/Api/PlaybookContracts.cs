using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Client.Api;

/// <summary>A playbook as it stands.</summary>
public sealed record PlaybookDetail(
    string ProjectId,
    string PlaybookId,
    long Version,
    PlaybookStatus Status,
    int DefinitionVersion,
    PlaybookDefinition Definition,
    double TrustScore,
    int SuccessCount,
    int FailureCount,
    IReadOnlyList<string> AvailableActions)
{
    internal static PlaybookDetail Of(string projectId, PlaybookView view) => new(
        projectId,
        view.PlaybookId,
        view.Version,
        view.Status,
        view.DefinitionVersion,
        view.Definition,
        view.TrustScore,
        view.SuccessCount,
        view.FailureCount,
        view.AvailableActions);
}

/// <summary>A new version of a playbook's definition.</summary>
public sealed record RevisePlaybookRequest
{
    public required PlaybookDefinition Definition { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public string? Reason { get; init; }
}
