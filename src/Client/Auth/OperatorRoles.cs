using AwoooP.Operators;

namespace AwoooP.Client.Auth;

internal static class OperatorRoles
{
    /// <summary>The role that somebody with these has in a project: the one there, or that for every project where it is more.</summary>
    public static OperatorRole In(this IReadOnlyDictionary<string, OperatorRole> roles, string project)
    {
        var here = roles.GetValueOrDefault(project);
        var everywhere = roles.GetValueOrDefault("*");
        return here > everywhere ? here : everywhere;
    }
}
