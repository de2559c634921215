using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AwoooP.Brakes;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Client.Api;

/// <summary>What a pause stops: automation everywhere, in a project, or of one playbook.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PauseScope>))]
public enum PauseScope
{
    None = 0,
    All,
    Project,
    Playbook,
}

public sealed record PauseRequest
{
    public required PauseScope Scope { get; init; }

    /// <summary>Needed with scope playbook, and only there.</summary>
    public string? PlaybookId { get; init; }

    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>Everything that holds automation of a project back at present.</summary>
public sealed record PauseState(string ProjectId, PauseEntry? All, PauseEntry? Project, IReadOnlyDictionary<string, PauseEntry> Playbooks);
