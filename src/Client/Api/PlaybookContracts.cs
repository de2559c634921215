using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Wording;

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
    IReadOnlyList<string> AvailableActions,
    IReadOnlyList<PlaybookWarning> Warnings)
{
    internal static PlaybookDetail Of(string projectId, PlaybookView view, Language language) => new(
        projectId,
        view.PlaybookId,
        view.Version,
        view.Status,
        view.DefinitionVersion,
        view.Definition,
        view.TrustScore,
        view.SuccessCount,
        view.FailureCount,
        view.AvailableActions,
        [.. (view.Warnings ?? []).Select(found => new PlaybookWarning(found.Field, found.Code, CodeWords.Of(found.Code, language)))]);
}

/// <summary>Something that its people should know before they use it. A step that the settings do not allow also keeps it from being activated.</summary>
/// <param name="Field">JSON path within the definition.</param>
/// <param name="Code">Stable, e.g. <c>not_verified</c> or <c>origin_not_allowed</c>.</param>
/// <param name="Message">In words (Accept-Language).</param>
public sealed record PlaybookWarning(string Field, string Code, string Message);

/// <summary>A new version of a playbook's definition.</summary>
public sealed record RevisePlaybookRequest
{
    public required PlaybookDefinition Definition { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public string? Reason { get; init; }
}
