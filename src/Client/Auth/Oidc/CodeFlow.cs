using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AwoooP.Secrets;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>
/// Signs people in at their provider: authorization code with PKCE (RFC 7636), for public and confidential clients. State and nonce are the
/// browser's own, by <see cref="SignInCookie"/>; the token that comes back is checked as every other is, and must bear the nonce.
/// </summary>
internal sealed partial class CodeFlow(
    IOptions<FrontOptions> options,
    IssuerDocuments documents,
    OidcTokens tokens,
    SignInCookie cookie,
    ISecretSource secrets,
    TimeProvider time,
    ILogger<CodeFlow> logger)
{
    private const int MaxCode = 4096;

    private readonly ConcurrentDictionary<string, (ProviderEndpoints Endpoints, long At)> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The providers at which a browser may sign in.</summary>
    public IReadOnlyList<OidcIssuer> Offered { get; } = [.. options.Value.Oidc.Issuers.Where(static issuer => issuer.InteractiveSignIn)];

    /// <summary>Begins a sign-in in this browser.</summary>
    /// <returns>Where the browser goes, or a code of <see cref="SignInRefusals"/>.</returns>
    public async Task<(string? Location, string? Refusal)> BeginAsync(HttpContext http, string name, string? returnTo)
    {
        if (Find(name) is not { } issuer)
            return (null, SignInRefusals.UnknownIssuer);

        if (await WithinAsync(issuer, token => EndpointsAsync(issuer, token), http.RequestAborted) is not { } endpoints)
            return (null, SignInRefusals.ProviderUnavailable);

        var attempt = SignInAttempt.New(issuer.Name, returnTo);
        cookie.Set(http, attempt);
        return (QueryHelpers.AddQueryString(endpoints.Authorization.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = issuer.Audience,
            ["redirect_uri"] = Callback,
            ["scope"] = issuer.Scope,
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = attempt.Challenge,
            ["code_challenge_method"] = "S256",
        }), null);
    }

    /// <summary>Ends the sign-in with which the browser comes back. Whatever comes of it, it is used up.</summary>
    /// <returns>Who it is and where the console goes on, or why not.</returns>
    public async Task<(OperatorPrincipal? Who, string ReturnTo, string? Refusal)> EndAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (cookie.Take(http) is not { } attempt || query["state"] is not [{ } state] || !attempt.Began(state))
            return (null, "/", SignInRefusals.Expired);

        var (who, refusal) = await EndAsync(http, attempt);
        return (who, attempt.ReturnTo, refusal);
    }

    private async Task<(OperatorPrincipal? Who, string? Refusal)> EndAsync(HttpContext http, SignInAttempt attempt)
    {
        var query = http.Request.Query;
        if (Find(attempt.Issuer) is not { } issuer)
            return (null, SignInRefusals.UnknownIssuer);

        // RFC 9207: or one provider could answer for another.
        if (query["iss"] is [{ } answering] && answering != issuer.Issuer)
            return (null, TokenRefusal.Issuer.Code);

        if (query["error"].Count > 0 || query["code"] is not [{ Length: > 0 and <= MaxCode } code])
            return (null, SignInRefusals.Denied);

        string? secret = null;
        if (issuer.ClientSecret is { } reference && (secret = await secrets.FindAsync(reference, http.RequestAborted)) is null)
            return (null, SignInRefusals.SecretUnavailable);

        if (await WithinAsync(issuer, token => ExchangeAsync(issuer, attempt, code, secret, token), http.RequestAborted) is not { } exchanged)
            return (null, SignInRefusals.ProviderUnavailable);

        if (exchanged.IdToken is not { } idToken)
            return (null, SignInRefusals.CodeRefused);

        var (who, refusal) = await tokens.VerifySignInAsync(idToken, issuer, attempt.Nonce, http.RequestAborted);
        return (who, refusal?.Code);
    }

    private string Callback => options.Value.Oidc.CallbackUrl!.OriginalString;

    private OidcIssuer? Find(string name) => Offered.FirstOrDefault(issuer => issuer.Name == name);

    private async Task<ProviderEndpoints> EndpointsAsync(OidcIssuer issuer, CancellationToken cancellationToken)
    {
        if (_endpoints.TryGetValue(issuer.Name, out var known) && time.GetElapsedTime(known.At) < options.Value.Oidc.KeysRefresh)
            return known.Endpoints;

        var found = await documents.EndpointsAsync(issuer.Issuer, cancellationToken);
        _endpoints[issuer.Name] = (found, time.GetTimestamp());
        return found;
    }

    private async Task<Exchanged> ExchangeAsync(OidcIssuer issuer, SignInAttempt attempt, string code, string? secret, CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(issuer, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.Token)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = Callback,
                ["client_id"] = issuer.Audience,
                ["code_verifier"] = attempt.Verifier,
            }),
        };
        // RFC 6749, section 2.3.1.
        if (secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(issuer.Audience)}:{Uri.EscapeDataString(secret)}")));
        }

        var (status, body) = await documents.PostAsync(request, cancellationToken);
        if (status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            return new Exchanged(null);

        if (status is not HttpStatusCode.OK)
            throw new HttpRequestException($"HTTP {(int)status}", null, status);

        using var answer = JsonDocument.Parse(body);
        return IssuerDocuments.Text(answer.RootElement, "id_token") is { Length: > 0 } idToken
            ? new Exchanged(idToken)
            : throw new JsonException("The answer has no id_token.");
    }

    /// <summary>Asks the provider within the time for it; null when it does not answer as it should.</summary>
    private async Task<T?> WithinAsync<T>(OidcIssuer issuer, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(options.Value.Oidc.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or InvalidOperationException
            || (fault is OperationCanceledException && timeout.IsCancellationRequested))
        {
            LogUnavailable(issuer.Name, fault is HttpRequestException { StatusCode: { } status } ? $"HTTP {(int)status}" : fault.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in at issuer {Issuer}: it could not be asked ({Fault})")]
    private partial void LogUnavailable(string issuer, string fault);

    /// <param name="IdToken">Null when the provider did not take the code or the client.</param>
    private sealed record Exchanged(string? IdToken);
}
