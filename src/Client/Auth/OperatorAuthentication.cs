using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// Knows an operator by <c>Authorization: Bearer awp_…</c>, at intake also by Basic with the key as password (what Prometheus and
/// Alertmanager can send), or by the console's cookie. A header that is there is the only thing looked at.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OperatorKeyDirectory keys,
    ConsoleSession session) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "operator";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is [{ Length: > 0 } header, ..])
            return await ByKeyAsync(header);

        if (session.Read(Context) is not { } keyId)
            return AuthenticateResult.NoResult();

        return await keys.FindValidAsync(keyId, Context.RequestAborted) is { } key
            ? Success(new OperatorIdentity(key, viaCookie: true))
            : AuthenticateResult.Fail("The session's key is no longer valid.");
    }

    private async Task<AuthenticateResult> ByKeyAsync(string header)
    {
        if (Key(header) is { } presented
            && await keys.FindValidAsync(presented.KeyId, Context.RequestAborted) is { } known
            && presented.Matches(known.SecretSha256))
        {
            return Success(new OperatorIdentity(known, viaCookie: false));
        }

        return AuthenticateResult.Fail("The key is not valid.");
    }

    private ApiKey? Key(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is null)
            return null;

        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return ApiKey.Parse(value.Parameter);

        // Browsers send Basic by themselves once they know it, so it is taken only where senders need it.
        if (!value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || Context.GetEndpoint()?.Metadata.GetMetadata<IntakeEndpoint>() is null)
            return null;

        var bytes = new byte[value.Parameter.Length];
        if (!Convert.TryFromBase64String(value.Parameter, bytes, out var length))
            return null;

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':') is var colon and >= 0 ? ApiKey.Parse(pair.AsSpan(colon + 1)) : null;
    }

    private static AuthenticateResult Success(OperatorIdentity identity) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
}
