using System.Text.RegularExpressions;
using AwoooP.Brakes;
using AwoooP.Operators;

namespace AwoooP.Projects;

/// <summary>Which ids a project may have. The reserved ones hold what belongs to no tenant and cannot be asked for.</summary>
public static partial class ProjectName
{
    public const string Pattern = "^[a-z0-9][a-z0-9_-]{0,63}\\z";

    public static bool IsValid(string name) =>
        Shape().IsMatch(name) && name is not (IBrakeGrain.Everything or IOperatorKeyGrain.Project or IProjectCatalogGrain.Project);

    [GeneratedRegex(Pattern)]
    private static partial Regex Shape();
}
