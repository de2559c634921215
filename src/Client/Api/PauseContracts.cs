using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AwoooP.Brakes;
using AwoooP.Client.Http;
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
public sealed record PauseState(string ProjectId, PauseEntry? All, PauseEntry? Project, IReadOnlyDictionary<string, PauseEntry> Playbooks)
{
    internal static async Task<PauseState> ReadAsync(OperatorCall call, CancellationToken cancellationToken)
    {
        var everywhere = call.AskAsync(
            () => call.Grain<IBrakeGrain>(IBrakeGrain.Everything, IBrakeGrain.Key).GetAsync(cancellationToken), IBrakeGrain.Everything);
        var here = call.AskAsync(() => call.Grain<IBrakeGrain>(IBrakeGrain.Key).GetAsync(cancellationToken));
        await Task.WhenAll(everywhere, here);
        return new PauseState(call.ProjectId, (await everywhere).Project, (await here).Project, (await here).Playbooks);
    }

    /// <summary>The pause with the widest scope that holds a playbook of the project back, or null.</summary>
    internal PauseEntry? Over(string playbookId) => All ?? Project ?? Playbooks.GetValueOrDefault(playbookId);
}
