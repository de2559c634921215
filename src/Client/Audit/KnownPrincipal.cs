using AwoooP.Client.Auth;
using AwoooP.Operators;

namespace AwoooP.Client.Audit;

/// <summary>Who a request is of though it was not let in, such as one with a key that has ended. A feature of the request; without it nobody is known.</summary>
/// <param name="Holder">Whose bound their refusals take from.</param>
/// <param name="Project">The project that is theirs when none is named; null for somebody who has none.</param>
/// <param name="Roles">Role by project, as it is or last was: where what they are refused may be told.</param>
internal sealed record KnownPrincipal(string OperatorId, string Holder, string? Project, string Method, IReadOnlyDictionary<string, OperatorRole> Roles)
{
    public static KnownPrincipal Of(OperatorPrincipal who) => new(who.OperatorId, who.Holder, who.DefaultProject, who.Method, who.Roles);
}
