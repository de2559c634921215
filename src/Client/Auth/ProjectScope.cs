using AwoooP.Client.Problems;
using AwoooP.Projects;

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

    private static IReadOnlyList<string> Find(HttpContext context, string defaultProject)
    {
        if (context.GetRouteValue(Parameter) is string inPath)
            return [Valid(inPath)];

        var named = context.Request.Query[Parameter];
        if (named.Count == 0)
            return [defaultProject];

        return named.Count <= MaxProjects
            ? [.. named.Select(name => Valid(name ?? "")).Distinct(StringComparer.Ordinal)]
            : throw new ProblemException(Problem.Invalid(new FieldError(Parameter, "too_many", "Too many projects at once.", $"1..{MaxProjects}")));
    }

    private static string Valid(string name) => ProjectName.IsValid(name)
        ? name
        : throw new ProblemException(Problem.Invalid(new FieldError(Parameter, "invalid_project_id", "Not a project's name.", ProjectName.Pattern)));
}
