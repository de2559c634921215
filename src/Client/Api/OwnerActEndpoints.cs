using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

/// <summary>
/// The acts of the owner's other procedures (<c>awooop tenant export</c>, <c>awooop db cut</c>), as those of a removal are told: they are events, and only
/// silos write the log. They are no part of the API that is described: by themselves they copy and drop nothing.
/// </summary>
internal static class OwnerActEndpoints
{
    public static void MapOwnerActs(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").AsksOfProjects(ProjectRule.None).ExcludeFromDescription();
        exports.MapPost("/begin", BeginExportAsync).Needs(OperatorRole.Admin).WithName("BeginExport").WithSummary("Put on record that a project is about to be exported");
        exports.MapPost("/complete", CompleteExportAsync).Needs(OperatorRole.Admin).WithName("CompleteExport").WithSummary("Put on record what was exported");
        api.MapGroup("/log-cuts").AsksOfProjects(ProjectRule.None).ExcludeFromDescription()
            .MapPost("/begin", BeginLogCutAsync).Needs(OperatorRole.Admin).WithName("BeginLogCut").WithSummary("Put on record that months of the log are about to be dropped");
    }

    private static Task<Results<Ok<OwnerActAnswer>, ProblemResult>> BeginExportAsync(
        JsonBody<ExportRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new EnterExport(body.Value.ProjectId, Texts.Required("reason", body.Value.Reason));
        return ActAsync(call, command.ProjectId, catalog => catalog.EnterExportAsync(command, cancellationToken));
    }

    private static Task<Results<Ok<OwnerActAnswer>, ProblemResult>> CompleteExportAsync(
        JsonBody<ExportedRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new CompleteExport(body.Value.ProjectId, body.Value.ManifestSha256, body.Value.Positions);
        return ActAsync(call, command.ProjectId, catalog => catalog.CompleteExportAsync(command, cancellationToken));
    }

    private static Task<Results<Ok<OwnerActAnswer>, ProblemResult>> BeginLogCutAsync(
        JsonBody<LogCutRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new EnterLogCut(body.Value.Before.ToUniversalTime(), body.Value.Months, body.Value.Events, Texts.Required("reason", body.Value.Reason));
        return ActAsync(call, projectId: null, catalog => catalog.EnterLogCutAsync(command, cancellationToken));
    }

    /// <summary>What refuses every act of the owner's procedures, whoever decides on it then.</summary>
    /// <param name="call">Whose act it is.</param>
    /// <param name="projectId">Of which project; null of what is of all of them.</param>
    internal static ProblemDocument? Refuse(OperatorCall call, string? projectId)
    {
        if (call.Identity.RoleIn("*") < OperatorRole.Admin)
            return Problem.Forbidden("role_required", "The owner's procedures need an admin of every project.");

        return projectId is null || ProjectName.IsValid(projectId)
            ? null
            : Problem.Invalid(new FieldError("$.project_id", "invalid_project_id", "Not a project's name, or a reserved one.", ProjectName.Pattern));
    }

    private static async Task<Results<Ok<OwnerActAnswer>, ProblemResult>> ActAsync(
        OperatorCall call, string? projectId, Func<IProjectCatalogGrain, Task<CommandResult>> act)
    {
        if (Refuse(call, projectId) is { } refused)
            return refused.Result();

        var catalog = call.Grain<IProjectCatalogGrain>(IProjectCatalogGrain.Project, IProjectCatalogGrain.Key);
        var result = await call.SendAsync(() => act(catalog), IProjectCatalogGrain.Project);
        return result.IsAccepted ? TypedResults.Ok(new OwnerActAnswer(result.Position)) : Problem.Of(result).Result();
    }
}
