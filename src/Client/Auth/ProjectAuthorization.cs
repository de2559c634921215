using AwoooP.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>Decides by the role that the operator has in every project that the request names.</summary>
internal sealed class ProjectAuthorization(LoopbackAccess loopback, IOptions<FrontOptions> options) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.Resource is not HttpContext http)
            return Task.CompletedTask;

        foreach (var requirement in context.PendingRequirements.ToArray())
        {
            var allowed = requirement switch
            {
                RoleRequirement needed => OperatorIdentity.Of(http)?.Who.Scope is null && HasRole(http, needed.Role),
                IntakeEndpoint intake => MaySend(http, intake.Role),
                _ => false,
            };
            if (allowed)
                context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool MaySend(HttpContext http, OperatorRole role)
    {
        if (OperatorIdentity.Of(http) is not null)
            return HasRole(http, role);

        // A key that was sent and is wrong is refused on loopback too: it was meant to be looked at.
        if (http.Request.Headers.Authorization.Count > 0 || !loopback.Allows(http))
            return false;

        ProjectScope.Of(http, options.Value.DefaultProject);
        return true;
    }

    private static bool HasRole(HttpContext http, OperatorRole role)
    {
        if (OperatorIdentity.Of(http) is not { } who)
            return false;

        var projects = ProjectScope.Of(http, who.DefaultProject).Projects;
        if (projects.Count == 1)
            return who.RoleIn(projects[0]) >= role;

        // Several projects at once: reading only, and for those who are admin of each.
        return HttpMethods.IsGet(http.Request.Method) && projects.All(project => who.RoleIn(project) >= OperatorRole.Admin);
    }
}
