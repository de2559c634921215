using AwoooP.Client.Auth;
using AwoooP.Client.Intake;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Projects;

namespace AwoooP.Client.Projects;

/// <summary>
/// Lets a request on to the projects that it names: those that exist, are not suspended when it is to change something, and have requests left.
/// It stands behind authorization, so nobody learns here whether a project exists that is not theirs.
/// </summary>
internal sealed class ProjectMiddleware(RequestDelegate next, ProjectDirectory directory)
{
    public Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ProjectRule>() is not { } rule
            || rule == ProjectRule.None
            // What anybody with a key may ask is about no project.
            || endpoint.Metadata.GetMetadata<RoleRequirement>() is { Role: OperatorRole.None }
            || http.Features.Get<ProjectScope>() is not { } scope)
        {
            return next(http);
        }

        // The way of every alert but one in seconds.
        if (scope.Projects is [var only] && directory.Recall(only) is { } known)
            return Refusal(http, endpoint, rule, known) is { } refusal ? RefuseAsync(http, endpoint, refusal) : PassAsync(http, known);

        return AdmitAsync(http, endpoint, rule, scope.Projects);
    }

    private async Task AdmitAsync(HttpContext http, Endpoint endpoint, ProjectRule rule, IReadOnlyList<string> projects)
    {
        KnownProject? known = null;
        foreach (var project in projects)
        {
            known = await directory.FindAsync(project, http.RequestAborted);
            if (Refusal(http, endpoint, rule, known) is { } refusal)
            {
                await RefuseAsync(http, endpoint, refusal);
                return;
            }
        }

        await PassAsync(http, known!);
    }

    private Task PassAsync(HttpContext http, KnownProject known)
    {
        http.Features.Set(known);
        return next(http);
    }

    private static ProblemDocument? Refusal(HttpContext http, Endpoint endpoint, ProjectRule rule, KnownProject known)
    {
        if (known.View is not { } project)
            return Problem.NotFound(ProjectRefusals.NotFound, $"There is no project {known.ProjectId}.");

        if (project.Suspension is { } suspension && rule == ProjectRule.Active && SameOrigin.IsUnsafe(http.Request))
            return Problem.Conflict(ProjectRefusals.Suspended, $"Project {known.ProjectId} is suspended by {suspension.By} ({suspension.Reason}). It can be read, and takes nothing.");

        // Whoever governs a project must not be kept out by those who use it up: the quota itself is raised by such a request, and a leaked key taken back.
        if (rule == ProjectRule.Known && SameOrigin.IsUnsafe(http.Request))
            return null;

        // Senders have a quota of their own.
        return endpoint.Metadata.GetMetadata<IntakeEndpoint>() is null ? known.Use.TakeRequest(project.Configuration.Quotas) : null;
    }

    private static Task RefuseAsync(HttpContext http, Endpoint endpoint, ProblemDocument refusal) => endpoint.Metadata.GetMetadata<IntakeEndpoint>() is null
        ? refusal.Result().ExecuteAsync(http)
        : new AlertmanagerAnswer(refusal).ExecuteAsync(http);
}
