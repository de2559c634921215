using System.Text.RegularExpressions;
using AwoooP.Brakes;
using AwoooP.Operators;

namespace AwoooP.Client.Http;

/// <summary>Which names a project may have. The reserved ones hold what belongs to no tenant and cannot be asked for.</summary>
internal static partial class ProjectName
{
    public const string Pattern = "^[a-z0-9][a-z0-9_-]{0,63}\\z";

    public static bool IsValid(string name) =>
        Shape().IsMatch(name) && name is not (IBrakeGrain.Everything or IOperatorKeyGrain.Project);

    [GeneratedRegex(Pattern)]
    private static partial Regex Shape();
}
