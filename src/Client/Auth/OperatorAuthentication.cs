using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using AwoooP.Client.Audit;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// Knows an operator by <c>Authorization: Bearer</c> with a key (<c>awp_…</c>) or an identity provider's token, at intake also by Basic with
/// the key as password (what Prometheus and Alertmanager can send), or by the console's cookie. A header that is there is the only thing looked at.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OperatorKeyDirectory keys,
    KeyUse use,
    OidcTokens tokens,
    FailedSignIns failed,
    ConsoleSession session,
    ProvenOperators operators) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "operator";

    private static readonly ProblemDocument NoKey = Problem.Unauthorized("unauthenticated", "The key is not valid.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is [{ Length: > 0 } header, ..])
        {
            var (who, problem) = await ByHeaderAsync(header);
            return who is not null ? Success(who, viaCookie: false) : Refuse(problem!);
        }

        if (session.Read(Context) is not { } proof)
            return AuthenticateResult.NoResult();

        return await operators.FindAsync(proof, Context.RequestAborted) is { } known
            ? Success(known, viaCookie: true)
            : AuthenticateResult.Fail("What the session was begun with is no longer valid.");
    }

    private async ValueTask<(OperatorPrincipal? Who, ProblemDocument? Problem)> ByHeaderAsync(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { } parameter)
            return (null, NoKey);

        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            if (ApiKey.Parse(parameter) is { } key)
                return await ByKeyAsync(key);

            if (!tokens.AreTaken || !parameter.Contains('.', StringComparison.Ordinal))
                return (null, NoKey);

            var (who, refusal) = await tokens.VerifyAsync(parameter, Context.RequestAborted);
            return (who, refusal?.Problem);
        }

        // Browsers send Basic by themselves once they know it, so it is taken only where senders need it.
        return value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Context.GetEndpoint()?.Metadata.GetMetadata<IntakeEndpoint>() is not null
            && Password(parameter) is { } password
            ? await ByKeyAsync(password)
            : (null, NoKey);
    }

    /// <summary>Whether a key is revoked or ended is told to those alone who have its secret.</summary>
    private async ValueTask<(OperatorPrincipal? Who, ProblemDocument? Problem)> ByKeyAsync(ApiKey presented)
    {
        var known = await keys.FindAsync(presented.KeyId, mayAsk: !failed.AreTooMany(Context.Connection.RemoteIpAddress), Context.RequestAborted);
        if (known is null || presented.Matching(known) is not { } secret)
            return (null, NoKey);

        var who = OperatorPrincipal.Of(known, secret, OperatorProof.Of(new KeyProof(known.KeyId, presented.SecretSha256)));
        if (keys.Refusal(known, secret) is { } refusal)
        {
            // Refused, and yet known: it goes on record in their name.
            Context.Features.Set(KnownPrincipal.Of(who));
            return (null, refusal);
        }

        use.Note(known);
        return (who, null);
    }

    private static ApiKey? Password(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return null;

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':') is var colon and >= 0 ? ApiKey.Parse(pair.AsSpan(colon + 1)) : null;
    }

    private AuthenticateResult Refuse(ProblemDocument problem)
    {
        // An outage is nobody's failure.
        var answer = problem.Status == StatusCodes.Status401Unauthorized ? failed.Count(Context.Connection.RemoteIpAddress, problem) : problem;
        Context.Features.Set(new AuthenticationRefusal(answer, problem));
        return AuthenticateResult.Fail(answer.Code);
    }

    private static AuthenticateResult Success(OperatorPrincipal who, bool viaCookie) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new OperatorIdentity(who, viaCookie)), Scheme));
}
