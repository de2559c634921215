using AwoooP.Brakes;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>Whose acts are asked for: those of a project, or those about what belongs to no project.</summary>
internal enum AuditScope
{
    None = 0,
    Project,

    /// <summary>Operators and their keys.</summary>
    Operators,

    /// <summary>The pause of everything.</summary>
    Everything,

    /// <summary>The catalogue of projects: which were taken out.</summary>
    Projects,
}

internal static class AuditScopes
{
    /// <summary>The project that holds the acts; a reserved one only for an admin of every project.</summary>
    public static string ProjectOf(this OperatorCall call, AuditScope? scope)
    {
        if (scope is null or AuditScope.Project)
            return call.ProjectId;

        if (call.Identity.RoleIn("*") < OperatorRole.Admin)
            throw new ProblemException(Problem.Forbidden("role_required", "What belongs to no project is shown to an admin of every project."));

        return scope switch
        {
            AuditScope.Operators => IOperatorKeyGrain.Project,
            AuditScope.Everything => IBrakeGrain.Everything,
            AuditScope.Projects => IProjectCatalogGrain.Project,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such scope."),
        };
    }
}
