using AwoooP.Client.Problems;
using AwoooP.Projects;
using Microsoft.Extensions.Primitives;

namespace AwoooP.Client.Auth;

/// <summary>The projects that a request is about: from the path, else from <c>project_id</c>, else the operator's default.</summary>
internal sealed record ProjectScope(IReadOnlyList<string> Projects)
{
    public const string Parameter = "project_id";
    private const int MaxProjects = 20;

    public static ProjectScope Of(HttpContext context, string defaultProject)
    {
        if (context.Features.Get<ProjectScope>() is { } known)
            return known;

        var scope = new ProjectScope(Find(context, defaultProject));
        context.Features.Set(scope);
        return scope;
    }

    /// <summary>The one project that a request is about, also before anybody has looked whether it may be; null when it names several, or what is no project's name.</summary>
    public static string? OneOf(HttpContext context, string? defaultProject)
    {
        if (context.Features.Get<ProjectScope>() is { } known)
            return known.Projects is [var only] ? only : null;

        return Named(context).Distinct(StringComparer.Ordinal).ToArray() switch
        {
            [] => defaultProject,
            [{ } one] when ProjectName.IsValid(one) => one,
            _ => null,
        };
    }

    private static IReadOnlyList<string> Find(HttpContext context, string defaultProject)
    {
        var named = Named(context);
        if (named.Count == 0)
            return [defaultProject];

        if (named.Count == 1)
            return [Valid(named[0])];

        return named.Count <= MaxProjects
            ? [.. named.Select(Valid).Distinct(StringComparer.Ordinal)]
            : throw new ProblemException(Problem.Invalid(new FieldError(Parameter, "too_many", "Too many projects at once.", $"1..{MaxProjects}")));
    }

    private static StringValues Named(HttpContext context) =>
        context.GetRouteValue(Parameter) is string inPath ? new StringValues(inPath) : context.Request.Query[Parameter];

    private static string Valid(string? name) => name is not null && ProjectName.IsValid(name)
        ? name
        : throw new ProblemException(Problem.Invalid(new FieldError(Parameter, "invalid_project_id", "Not a project's name.", ProjectName.Pattern)));
}
