using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Client.Queries;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

/// <summary>Projects. The one in the path is the request's project, so that roles are asked in it.</summary>
internal static class ProjectEndpoints
{
    private const string One = $"/{{{ProjectScope.Parameter}}}";

    private static readonly Resource<IProjectGrain, ProjectView, ProjectDetail> Projects = new(
        "project",
        static _ => IProjectGrain.Key,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (_, view) => ProjectDetail.Of(view));

    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").AsksOfProjects(ProjectRule.Known).WithTags("projects");
        projects.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListProjects").WithSummary("The projects that the operator has a role in, by id");
        projects.MapPost("/", CreateAsync).Needs(OperatorRole.Admin).WithName("CreateProject").WithSummary("Make a project; needs an admin of every project");
        projects.MapGet(One, GetAsync).Needs(OperatorRole.Viewer).WithName("GetProject").WithSummary("One project with its configuration");
        projects.MapPut(One, ConfigureAsync).Needs(OperatorRole.Admin).WithName("ConfigureProject").WithSummary("Replace a project's configuration as a whole");
        projects.MapPost($"{One}/suspend", SuspendAsync).Needs(OperatorRole.Admin).WithName("SuspendProject")
            .WithSummary("Take no alerts and no commands for a project, and let its automation rest");
        projects.MapPost($"{One}/resume", ResumeAsync).Needs(OperatorRole.Admin).WithName("ResumeProject").WithSummary("Let a suspended project go on");
    }

    private static async Task<Ok<Page<ProjectRow>>> ListAsync(
        QueryChoice<ListedProjectStatus> status, QueryPage page, OperatorCall call, ProjectQueries queries, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> visible = call.Identity.RoleIn("*") >= OperatorRole.Viewer
            ? await call.AskAsync(() => Catalog(call).ListAsync(cancellationToken), IProjectCatalogGrain.Project)
            : [.. call.Identity.Who.Roles.Where(static role => role.Value >= OperatorRole.Viewer).Select(static role => role.Key)];
        return TypedResults.Ok(await queries.ListAsync(visible, new ProjectFilter((ProjectStatus?)status.Value), page.Value, cancellationToken));
    }

    private static async Task<Results<Created<ProjectDetail>, ProblemResult>> CreateAsync(
        JsonBody<CreateProjectRequest> body, OperatorCall call, ProjectDirectory directory, CancellationToken cancellationToken)
    {
        if (call.Identity.RoleIn("*") < OperatorRole.Admin)
            return Problem.Forbidden("role_required", "Making a project needs an admin of every project.").Result();

        // Whatever can be said against it is said before its id is entered.
        var (id, configuration) = (body.Value.ProjectId, body.Value.Configuration);
        if (ProjectValidation.Check(id, configuration) is { } invalid)
            return Problem.Of(invalid, version: 0).Result();

        var entered = await call.AskAsync(() => Catalog(call).RegisterAsync(new RegisterProject(id), cancellationToken), IProjectCatalogGrain.Project);
        if (!entered.IsAccepted)
            return Problem.Of(entered).Result();

        var grain = call.Grain<IProjectGrain>(id, IProjectGrain.Key);
        var created = await call.SendAsync(() => grain.CreateAsync(new CreateProject(configuration), cancellationToken), id);
        directory.Forget(id);
        if (!created.IsAccepted)
            return Problem.Of(created).Result();

        var view = await call.AskAsync(() => grain.GetAsync(cancellationToken), id);
        call.Tag(view!.Version);
        return TypedResults.Created($"{PlatformApi.Root}/projects/{id}", ProjectDetail.Of(view));
    }

    private static Task<Results<Ok<ProjectDetail>, ProblemResult>> GetAsync(OperatorCall call, CancellationToken cancellationToken) =>
        Projects.GetAsync(call, call.ProjectId, cancellationToken);

    private static Task<Results<Ok<ProjectDetail>, ProblemResult>> ConfigureAsync(
        JsonBody<ProjectConfiguration> body, OperatorCall call, ProjectDirectory directory, CancellationToken cancellationToken) =>
        ActAsync(call, directory, grain => grain.ConfigureAsync(new ConfigureProject(body.Value), cancellationToken), cancellationToken);

    private static Task<Results<Ok<ProjectDetail>, ProblemResult>> SuspendAsync(
        JsonBody<ReasonRequest> body, OperatorCall call, ProjectDirectory directory, CancellationToken cancellationToken)
    {
        var command = new SuspendProject(Texts.Required("reason", body.Value.Reason));
        return ActAsync(call, directory, grain => grain.SuspendAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<ProjectDetail>, ProblemResult>> ResumeAsync(
        JsonBody<OptionalReasonRequest> body, OperatorCall call, ProjectDirectory directory, CancellationToken cancellationToken)
    {
        var command = new ResumeProject(Texts.Optional("reason", body.Value.Reason));
        return ActAsync(call, directory, grain => grain.ResumeAsync(command, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<ProjectDetail>, ProblemResult>> ActAsync(
        OperatorCall call, ProjectDirectory directory, Func<IProjectGrain, Task<CommandResult>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await Projects.ActAsync(call, call.ProjectId, act, cancellationToken);
        }
        finally
        {
            // Whether it went well or not: of a change whose outcome is not known, too.
            directory.Forget(call.ProjectId);
        }
    }

    private static IProjectCatalogGrain Catalog(OperatorCall call) => call.Grain<IProjectCatalogGrain>(IProjectCatalogGrain.Project, IProjectCatalogGrain.Key);
}
