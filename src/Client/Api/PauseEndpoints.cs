using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AwoooP.Brakes;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Client.Queries;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Playbooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class PauseEndpoints
{
    public static void MapPause(this IEndpointRouteBuilder api)
    {
        var pause = api.MapGroup("/pause").AsksOfProjects(ProjectRule.Known).WithTags("pause");
        pause.MapGet("/", GetAsync).Needs(OperatorRole.Viewer).WithName("GetPause").WithSummary("What is paused");
        pause.MapPut("/", PauseAsync).Needs(OperatorRole.Operator).WithName("Pause").WithSummary("Hold automation back; everywhere needs an admin of every project");
        pause.MapDelete("/", ResumeAsync).Needs(OperatorRole.Operator).WithName("Resume").WithSummary("Let automation go on");
    }

    private static async Task<Results<Ok<PauseState>, ProblemResult>> GetAsync(OperatorCall call, CancellationToken cancellationToken) =>
        TypedResults.Ok(await PauseState.ReadAsync(call, cancellationToken));

    private static async Task<Results<Ok<PauseState>, ProblemResult>> PauseAsync(
        JsonBody<PauseRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new Pause(PlaybookOf(body.Value.Scope, body.Value.PlaybookId, "$."), Texts.Required("reason", body.Value.Reason));
        // A slip of the pen in an id would otherwise hold nothing back, and say that it does.
        if (command.PlaybookId is { } id && await call.AskAsync(() => call.Grain<IPlaybookGrain>(id).GetAsync(cancellationToken)) is null)
            return PlaybookEndpoints.Missing;
        return await ActAsync(call, body.Value.Scope, brake => brake.PauseAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<PauseState>, ProblemResult>> ResumeAsync(
        [Required, Description("What goes on: everything, the project, or one playbook.")] QueryChoice<PauseScope> scope,
        [Description("Needed with scope playbook, and only there.")] QueryText playbookId,
        OperatorCall call, CancellationToken cancellationToken)
    {
        var chosen = scope.Value!.Value;
        var command = new Resume(PlaybookOf(chosen, playbookId.Value, ""));
        return ActAsync(call, chosen, brake => brake.ResumeAsync(command, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<PauseState>, ProblemResult>> ActAsync(
        OperatorCall call, PauseScope scope, Func<IBrakeGrain, Task<CommandResult>> act, CancellationToken cancellationToken)
    {
        var project = scope == PauseScope.All ? IBrakeGrain.Everything : call.ProjectId;
        if (scope == PauseScope.All && call.Identity.RoleIn("*") < OperatorRole.Admin)
            return Problem.Forbidden("role_required", "Pausing everything needs an admin of every project.").Result();

        var result = await call.SendAsync(() => act(call.Grain<IBrakeGrain>(project, IBrakeGrain.Key)), project);
        return result.IsAccepted ? TypedResults.Ok(await PauseState.ReadAsync(call, cancellationToken)) : Problem.Of(result).Result();
    }

    private static string? PlaybookOf(PauseScope scope, string? playbookId, string prefix)
    {
        if (scope != PauseScope.Playbook)
        {
            return playbookId is null
                ? null
                : throw new ProblemException(Problem.Invalid(new FieldError($"{prefix}playbook_id", "not_expected", "playbook_id goes with scope playbook alone.")));
        }

        return playbookId is not null && PlaybookId.IsValid(playbookId)
            ? playbookId
            : throw new ProblemException(Problem.Invalid(new FieldError($"{prefix}playbook_id", "invalid_id", "playbook_id must be the id of a playbook.")));
    }
}
