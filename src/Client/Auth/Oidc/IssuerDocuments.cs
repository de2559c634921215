using System.Net;
using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>Asks identity providers: over https (http only on this machine), without redirects, and for no more than a bounded body.</summary>
internal sealed class IssuerDocuments : IDisposable
{
    private const int MaxBytes = 256 * 1024;
    private const string Discovery = "/.well-known/openid-configuration";

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        MaxResponseContentBufferSize = MaxBytes,
        // The caller's token bounds a fetch.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static bool MayBeAsked(Uri url) =>
        url is { IsAbsoluteUri: true, UserInfo: "" } && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <exception cref="HttpRequestException">No answer, another than 200, or one that is too long.</exception>
    /// <exception cref="JsonException">The answer is not what it should be.</exception>
    /// <exception cref="InvalidOperationException">A text of the answer is not Unicode.</exception>
    public async Task<KeySet> KeysAsync(OidcIssuer issuer, CancellationToken cancellationToken)
    {
        var keys = KeySet.Parse(await GetAsync(issuer.JwksUrl ?? await FindKeysAsync(issuer.Issuer, cancellationToken), cancellationToken));
        return keys.Count > 0 ? keys : throw new JsonException("The key set has no key that can be used.");
    }

    /// <exception cref="HttpRequestException">No answer, another than 200, or one that is too long.</exception>
    /// <exception cref="JsonException">The discovery document is of another, or names no addresses that may be asked.</exception>
    public async Task<ProviderEndpoints> EndpointsAsync(string issuer, CancellationToken cancellationToken)
    {
        using var document = await DiscoverAsync(issuer, cancellationToken);
        return new ProviderEndpoints(Address(document.RootElement, "authorization_endpoint"), Address(document.RootElement, "token_endpoint"));
    }

    /// <exception cref="HttpRequestException">No answer, or one that is too long.</exception>
    public async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await _client.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public void Dispose() => _client.Dispose();

    public static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private async Task<Uri> FindKeysAsync(string issuer, CancellationToken cancellationToken)
    {
        using var document = await DiscoverAsync(issuer, cancellationToken);
        return Address(document.RootElement, "jwks_uri");
    }

    private async Task<JsonDocument> DiscoverAsync(string issuer, CancellationToken cancellationToken)
    {
        var document = JsonDocument.Parse(await GetAsync(new Uri(issuer.TrimEnd('/') + Discovery), cancellationToken));
        // OpenID Connect Discovery 1.0, section 4.3: or one provider could speak for another.
        if (Text(document.RootElement, "issuer") == issuer)
            return document;

        document.Dispose();
        throw new JsonException("The discovery document is of another issuer.");
    }

    private static Uri Address(JsonElement document, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address) && MayBeAsked(address)
            ? address
            : throw new JsonException($"The discovery document names no {name} that may be asked.");

    private async Task<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(url, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new HttpRequestException($"HTTP {(int)response.StatusCode}", null, response.StatusCode);
    }
}
