using System.Security.Claims;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>Who asks: an operator.</summary>
internal sealed class OperatorIdentity(OperatorPrincipal who, bool viaCookie) : ClaimsIdentity(
    [new Claim(ClaimTypes.NameIdentifier, who.OperatorId)],
    OperatorAuthentication.Scheme)
{
    public OperatorPrincipal Who => who;

    public string OperatorId => who.OperatorId;

    public string DefaultProject => who.DefaultProject;

    /// <summary>A browser sends the cookie by itself, so that changing requests need a proof that a page of ours made them.</summary>
    public bool ViaCookie => viaCookie;

    public string Method => who.Method;

    public static OperatorIdentity? Of(HttpContext context) => context.User.Identity as OperatorIdentity;

    public OperatorRole RoleIn(string project) => who.Roles.In(project);
}
