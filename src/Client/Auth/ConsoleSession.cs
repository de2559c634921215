using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// The console's cookie: what its operator has signed in with, sealed and with an end. A session by key ends with the key and with the secret that it was begun
/// with; one by token ends with the token, and has the roles that the settings give at the time. No session outlasts <see cref="FrontOptions.SessionLifetime"/>.
/// </summary>
internal sealed class ConsoleSession(IDataProtectionProvider protection, IOptions<FrontOptions> options, TimeProvider time)
{
    public const string CookieName = "awooop_session";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("AwoooP.Console.Session.v3").ToTimeLimitedDataProtector();

    /// <summary>When a session that begins now ends at the latest.</summary>
    public DateTimeOffset EndOf(OperatorPrincipal who)
    {
        var ends = time.GetUtcNow() + options.Value.SessionLifetime;
        return who.EndsAt is { } known && known < ends ? known : ends;
    }

    /// <param name="context">The request that is answered with the cookie.</param>
    /// <param name="who">Who has signed in.</param>
    /// <param name="ends">As <see cref="EndOf"/> has said it.</param>
    public void Begin(HttpContext context, OperatorPrincipal who, DateTimeOffset ends)
    {
        var now = time.GetUtcNow();
        var sealedText = _protector.Protect(JsonSerializer.Serialize(who.Proof with { EndsAt = ends }, ConsoleSessionJson.Default.OperatorProof), ends - now);
        context.Response.Cookies.Append(CookieName, sealedText, Attributes(context, ends - now));
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Attributes(context, null));

    /// <summary>What was signed in with, by a session that is genuine and has not ended.</summary>
    public OperatorProof? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } value)
            return null;

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(value), ConsoleSessionJson.Default.OperatorProof);
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

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorProof))]
internal sealed partial class ConsoleSessionJson : JsonSerializerContext;
