using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>
/// Binds a sign-in to the browser that began it: the attempt, sealed, for ten minutes and for one return. Any front of the platform can take it up.
/// SameSite is Lax, since the provider leads back from its own site; the session's own cookie is Strict.
/// </summary>
internal sealed class SignInCookie(IDataProtectionProvider protection, IOptions<FrontOptions> options)
{
    public const string Name = "awooop_sign_in";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("AwoooP.Console.SignIn.v1").ToTimeLimitedDataProtector();

    public void Set(HttpContext context, SignInAttempt attempt) => context.Response.Cookies.Append(
        Name, _protector.Protect(JsonSerializer.Serialize(attempt, SignInAttemptJson.Default.SignInAttempt), Lifetime), Attributes(Lifetime));

    /// <summary>The attempt, which is over with this; null when there is none, or none of ours, or it is too old.</summary>
    public SignInAttempt? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 } value)
            return null;

        context.Response.Cookies.Delete(Name, Attributes(null));
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(value), SignInAttemptJson.Default.SignInAttempt);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Attributes(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        // As browsers reach this front: a proxy before it may speak http to it.
        Secure = options.Value.Oidc.CallbackUrl?.Scheme == Uri.UriSchemeHttps,
        Path = SignInEndpoints.Root,
        IsEssential = true,
        MaxAge = lifetime,
    };
}
