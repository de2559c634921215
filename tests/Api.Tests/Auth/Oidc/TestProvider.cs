using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>A small identity provider on a real server: discovery, keys, tokens, and faults.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
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
        new JsonObject { ["issuer"] = ClaimedIssuer ?? Issuer, ["jwks_uri"] = $"{Issuer}/keys" }.ToJsonString());

    private Task KeysAsync(HttpContext http)
    {
        Interlocked.Increment(ref _fetches);
        return Fault is { } fault
            ? fault(http)
            : http.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(static key => key.Jwk.DeepClone())]) }.ToJsonString());
    }
}
