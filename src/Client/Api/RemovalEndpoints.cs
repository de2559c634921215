using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

/// <summary>
/// The acts of the owner's procedure that takes a project out (<c>awooop tenant remove</c>): they are events, and only silos write the log. The rows
/// themselves are deleted on the database, which these endpoints cannot do; what was deleted they read from there and from no request. They are no
/// part of the API that is described: by themselves they close a project and remove nothing.
/// </summary>
internal static class RemovalEndpoints
{
    public static void MapRemovals(this IEndpointRouteBuilder api)
    {
        var removals = api.MapGroup("/removals").AsksOfProjects(ProjectRule.None).ExcludeFromDescription();
        removals.MapPost("/begin", BeginAsync).Needs(OperatorRole.Admin).WithName("BeginRemoval").WithSummary("Close a suspended project for good");
        removals.MapPost("/abandon", AbandonAsync).Needs(OperatorRole.Admin).WithName("AbandonRemoval").WithSummary("Open it again, as long as nothing was deleted");
        removals.MapPost("/complete", CompleteAsync).Needs(OperatorRole.Admin).WithName("CompleteRemoval").WithSummary("Put on record what was deleted");
        removals.MapPost("/release", ReleaseAsync).Needs(OperatorRole.Admin).WithName("ReleaseProjectId").WithSummary("Let the id be used again");
    }

    private static async Task<Results<Ok<RemovalAnswer>, ProblemResult>> BeginAsync(
        JsonBody<RemovalRequest> body, OperatorCall call, IOptions<FrontOptions> options, ProjectDirectory directory, CancellationToken cancellationToken)
    {
        if (OwnerActEndpoints.Refuse(call, body.Value.ProjectId) is { } refused)
            return refused.Result();

        var (id, reason) = (body.Value.ProjectId, Texts.Required("reason", body.Value.Reason));
        if (id == options.Value.DefaultProject)
            return Problem.Conflict("default_project", $"{id} is the project that is meant when a request names none: it cannot be taken out.").Result();

        try
        {
            var closed = await call.SendAsync(() => Project(call, id).RemoveAsync(new RemoveProject(reason), cancellationToken), id);
            if (!closed.IsAccepted)
                return Problem.Of(closed).Result();
        }
        finally
        {
            directory.Forget(id);
        }

        return Answer(id, await call.SendAsync(() => Catalog(call).EnterRemovalAsync(new EnterRemoval(id, reason), cancellationToken), IProjectCatalogGrain.Project));
    }

    private static async Task<Results<Ok<RemovalAnswer>, ProblemResult>> AbandonAsync(
        JsonBody<RemovalRequest> body, OperatorCall call, ProjectDirectory directory, RemovedProjectQueries removed, CancellationToken cancellationToken)
    {
        if (OwnerActEndpoints.Refuse(call, body.Value.ProjectId) is { } refused)
            return refused.Result();

        var (id, reason) = (body.Value.ProjectId, Texts.Required("reason", body.Value.Reason));
        if (await removed.FindAsync(id, cancellationToken) is not null)
            return Problem.Conflict("removal_under_way", "The database still holds the project closed.").Result();

        try
        {
            var opened = await call.SendAsync(() => Project(call, id).AbandonRemovalAsync(new AbandonProjectRemoval(reason), cancellationToken), id);
            if (!opened.IsAccepted)
                return Problem.Of(opened).Result();
        }
        finally
        {
            directory.Forget(id);
        }

        return Answer(id, await call.SendAsync(() => Catalog(call).WithdrawRemovalAsync(new WithdrawRemoval(id, reason), cancellationToken), IProjectCatalogGrain.Project));
    }

    private static async Task<Results<Ok<RemovalAnswer>, ProblemResult>> CompleteAsync(
        JsonBody<ReleaseRequest> body, OperatorCall call, RemovedProjectQueries removed, CancellationToken cancellationToken)
    {
        if (OwnerActEndpoints.Refuse(call, body.Value.ProjectId) is { } refused)
            return refused.Result();

        var id = body.Value.ProjectId;
        if (await removed.FindAsync(id, cancellationToken) is not { RemovedAt: not null } row)
            return Problem.Conflict("removal_under_way", "The database still holds rows of the project.").Result();

        var command = new CompleteRemoval(id, row.Rows, row.ManifestSha256);
        return Answer(id, await call.SendAsync(() => Catalog(call).CompleteRemovalAsync(command, cancellationToken), IProjectCatalogGrain.Project));
    }

    private static async Task<Results<Ok<RemovalAnswer>, ProblemResult>> ReleaseAsync(
        JsonBody<ReleaseRequest> body, OperatorCall call, RemovedProjectQueries removed, CancellationToken cancellationToken)
    {
        if (OwnerActEndpoints.Refuse(call, body.Value.ProjectId) is { } refused)
            return refused.Result();

        var id = body.Value.ProjectId;
        if (await removed.FindAsync(id, cancellationToken) is not null)
            return Problem.Conflict("removal_under_way", "The database still refuses the id.").Result();

        return Answer(id, await call.SendAsync(() => Catalog(call).ReleaseAsync(new ReleaseProjectId(id), cancellationToken), IProjectCatalogGrain.Project));
    }

    private static Results<Ok<RemovalAnswer>, ProblemResult> Answer(string projectId, CommandResult result) =>
        result.IsAccepted ? TypedResults.Ok(new RemovalAnswer(projectId, result.Position)) : Problem.Of(result).Result();

    private static IProjectGrain Project(OperatorCall call, string projectId) => call.Grain<IProjectGrain>(projectId, IProjectGrain.Key);

    private static IProjectCatalogGrain Catalog(OperatorCall call) => call.Grain<IProjectCatalogGrain>(IProjectCatalogGrain.Project, IProjectCatalogGrain.Key);
}
