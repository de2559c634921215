using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Operators;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// The console's cookie: who signed in, sealed and with an end. By a key it holds the key's id, not its secret, and revoking the key ends its
/// sessions; by a token it holds the operator and the roles that the token gave, and ends with the token.
/// </summary>
internal sealed class ConsoleSession(IDataProtectionProvider protection, IOptions<FrontOptions> options, TimeProvider time)
{
    public const string CookieName = "awooop_session";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("AwoooP.Console.Session.v2").ToTimeLimitedDataProtector();

    public void Begin(HttpContext context, OperatorPrincipal who)
    {
        var longest = options.Value.SessionLifetime;
        var lifetime = who.EndsAt - time.GetUtcNow() is { } left && left < longest ? left : longest;
        var sealedText = _protector.Protect(JsonSerializer.Serialize(SignedIn.Of(who), SignedInJson.Default.SignedIn), lifetime);
        context.Response.Cookies.Append(CookieName, sealedText, Attributes(context, lifetime));
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Attributes(context, null));

    /// <summary>Who signed in, by a session that is genuine and has not ended.</summary>
    public SignedIn? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } value)
            return null;

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(value), SignedInJson.Default.SignedIn);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Attributes(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
        MaxAge = lifetime,
    };
}

/// <summary>What a session holds: a key's id, or an operator whom a token named.</summary>
/// <param name="EndsAt">The token's end: a session that is begun anew from this one ends there, too.</param>
internal sealed record SignedIn(
    string? KeyId, string? OperatorId, string? DefaultProject, IReadOnlyDictionary<string, OperatorRole>? Roles, DateTimeOffset? EndsAt)
{
    public static SignedIn Of(OperatorPrincipal who) =>
        who.KeyId is { } keyId ? new(keyId, null, null, null, null) : new(null, who.OperatorId, who.DefaultProject, who.Roles, who.EndsAt);

    /// <summary>Null when the key is good no more.</summary>
    public async ValueTask<OperatorPrincipal?> FindAsync(OperatorKeyDirectory keys, CancellationToken cancellationToken)
    {
        if (KeyId is null)
            return new OperatorPrincipal(OperatorId!, AuthMethods.Oidc, DefaultProject!, Roles!) { EndsAt = EndsAt };

        return await keys.FindValidAsync(KeyId, cancellationToken) is { } key ? OperatorPrincipal.Of(key) : null;
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignedIn))]
internal sealed partial class SignedInJson : JsonSerializerContext;
