using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// The console's cookie: the id of the key that signed in, sealed and with an end. The secret is not in it, and
/// revoking the key ends its sessions.
/// </summary>
internal sealed class ConsoleSession(IDataProtectionProvider protection, IOptions<FrontOptions> options)
{
    public const string CookieName = "awooop_session";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("AwoooP.Console.Session.v1").ToTimeLimitedDataProtector();

    public void Begin(HttpContext context, string keyId) =>
        context.Response.Cookies.Append(CookieName, _protector.Protect(keyId, options.Value.SessionLifetime), Attributes(context, options.Value.SessionLifetime));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Attributes(context, null));

    /// <summary>The key id of a session that is genuine and has not ended.</summary>
    public string? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } value)
            return null;

        try
        {
            return _protector.Unprotect(value);
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
