using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace AwoooP.Testing;

/// <summary>A small identity provider on a real server: discovery, keys, tokens, codes for them, and faults.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce)> _codes = new();
    private int _fetches;

    private TestProvider(WebApplication app) => _app = app;

    public string Issuer { get; private set; } = "";

    /// <summary>What its key set holds now.</summary>
    public List<TestKey> Keys { get; } = [TestKey.Rsa("rsa-1"), TestKey.Elliptic("ec-1")];

    public TestKey Rsa => Keys.First(static key => key.Algorithm == "RS256");

    /// <summary>What is answered in the place of the keys.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    /// <summary>What the discovery document says of its issuer, when that is a lie.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>Where the client may be led back to, to the character.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>What a confidential client must show; null for a public one.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the person at the provider answers instead of yes, e.g. <c>access_denied</c>.</summary>
    public string? Denial { get; set; }

    /// <summary>What the provider changes about the claims of a sign-in's token.</summary>
    public Action<JsonObject>? Alter { get; set; }

    /// <summary>What it makes of the claims in the place of a token that is signed as it should be.</summary>
    public Func<JsonObject, string>? Forge { get; set; }

    /// <summary>How often keys were asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new TestProvider(builder.Build());
        provider._app.MapGet("/.well-known/openid-configuration", provider.DiscoverAsync);
        provider._app.MapGet("/keys", provider.KeysAsync);
        provider._app.MapGet("/authorize", provider.Authorize);
        provider._app.MapPost("/token", provider.TokenAsync);
        await provider._app.StartAsync();
        provider.Issuer = provider._app.Urls.First();
        return provider;
    }

    /// <summary>Claims that are good at that time, for an audience <c>awooop</c>.</summary>
    public JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = "awooop",
        ["sub"] = "ann",
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["groups"] = new JsonArray("sre", "chess"),
    };

    public string Token(JsonObject claims, TestKey? key = null, JsonObject? header = null)
    {
        key ??= Rsa;
        return Sign(claims, header ?? new JsonObject { ["alg"] = key.Algorithm, ["kid"] = key.KeyId, ["typ"] = "JWT" }, key.Sign);
    }

    public static string Sign(JsonObject claims, JsonObject header, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private Task DiscoverAsync(HttpContext http) => http.Response.WriteAsync(
        new JsonObject
        {
            ["issuer"] = ClaimedIssuer ?? Issuer,
            ["jwks_uri"] = $"{Issuer}/keys",
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
        }.ToJsonString());

    /// <summary>The person signs in and says yes at once, or says what <see cref="Denial"/> says.</summary>
    private void Authorize(HttpContext http)
    {
        var asked = http.Request.Query;
        if (asked["redirect_uri"] != RedirectUri || asked["client_id"] != "awooop" || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256")
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var answer = new Dictionary<string, string?> { ["state"] = asked["state"], ["iss"] = Issuer, ["session_state"] = "of no interest" };
        if (Denial is not null)
        {
            answer["error"] = Denial;
        }
        else
        {
            answer["code"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            _codes[answer["code"]!] = (asked["code_challenge"].ToString(), asked["nonce"].ToString());
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(RedirectUri, answer));
    }

    /// <summary>A code is good once, for the client that shows what it asked with.</summary>
    private async Task TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"awooop:{ClientSecret}"))}";
        var isClient = form["client_id"] == "awooop" && (ClientSecret is null ? http.Request.Headers.Authorization.Count == 0 : http.Request.Headers.Authorization == basic);
        if (!isClient || form["grant_type"] != "authorization_code" || form["redirect_uri"] != RedirectUri
            || !_codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != challenge)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("""{"error":"invalid_grant"}""");
            return;
        }

        var claims = Claims(TimeProvider.System.GetUtcNow());
        claims["nonce"] = asked.Nonce;
        Alter?.Invoke(claims);
        await http.Response.WriteAsync(new JsonObject { ["id_token"] = Forge?.Invoke(claims) ?? Token(claims), ["token_type"] = "Bearer" }.ToJsonString());
    }

    private Task KeysAsync(HttpContext http)
    {
        Interlocked.Increment(ref _fetches);
        return Fault is { } fault
            ? fault(http)
            : http.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(static key => key.Jwk.DeepClone())]) }.ToJsonString());
    }
}
