using System.Security.Claims;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>Who asks: an operator, known by a key.</summary>
internal sealed class OperatorIdentity(OperatorKeyView key, bool viaCookie) : ClaimsIdentity(
    [new Claim(ClaimTypes.NameIdentifier, key.OperatorId)],
    OperatorAuthentication.Scheme)
{
    public string OperatorId => key.OperatorId;

    public string KeyId => key.KeyId;

    public string DefaultProject => key.DefaultProject;

    public IReadOnlyDictionary<string, OperatorRole> Roles => key.Roles;

    /// <summary>A browser sends the cookie by itself, so that changing requests need a proof that a page of ours made them.</summary>
    public bool ViaCookie => viaCookie;

    /// <summary>How the person was known; stored with votes.</summary>
    public string Method => OperatorId == LocalOperator.OperatorId ? "local" : "api_key";

    public static OperatorIdentity? Of(HttpContext context) => context.User.Identity as OperatorIdentity;

    public OperatorRole RoleIn(string project)
    {
        var here = Roles.GetValueOrDefault(project);
        var everywhere = Roles.GetValueOrDefault("*");
        return here > everywhere ? here : everywhere;
    }
}
