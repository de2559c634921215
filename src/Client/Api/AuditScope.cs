using System.Text.Json.Serialization;
using AwoooP.Brakes;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>Whose acts are asked for: those of a project, or those about what belongs to no project.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AuditScope>))]
internal enum AuditScope
{
    None = 0,
    Project,

    /// <summary>Operators, their keys, and sign-ins: begun, ended and failed.</summary>
    Operators,

    /// <summary>The pause of everything.</summary>
    Everything,

    /// <summary>The catalogue of projects: which were exported and taken out, and cuts of the log.</summary>
    Projects,
}

internal static class AuditScopes
{
    /// <summary>The project that holds the acts; a reserved one only for an admin of every project.</summary>
    public static string ProjectOf(this OperatorCall call, AuditScope? scope)
    {
        if (scope?.Reserved() is not { } reserved)
            return call.ProjectId;

        return call.Identity.RoleIn("*") >= OperatorRole.Admin
            ? reserved
            : throw new ProblemException(Problem.Forbidden("role_required", "What belongs to no project is shown to an admin of every project."));
    }

    /// <summary>The project that holds what belongs to none; null for a project's own acts.</summary>
    public static string? Reserved(this AuditScope scope) => scope switch
    {
        AuditScope.Project => null,
        AuditScope.Operators => IOperatorKeyGrain.Project,
        AuditScope.Everything => IBrakeGrain.Everything,
        AuditScope.Projects => IProjectCatalogGrain.Project,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such scope."),
    };
}
