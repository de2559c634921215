using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>One sign-in that a browser has begun: what must come back with it, and what only this front knows of it.</summary>
/// <param name="Issuer">The provider's name here.</param>
/// <param name="State">Comes back in the address (RFC 6749, section 10.12).</param>
/// <param name="Nonce">Comes back in the token (OpenID Connect Core, section 3.1.2.1).</param>
/// <param name="Verifier">Proves with the code that it was this front which asked (RFC 7636).</param>
/// <param name="ReturnTo">Where on this host the console goes on.</param>
internal sealed record SignInAttempt(string Issuer, string State, string Nonce, string Verifier, string ReturnTo)
{
    private const int MaxReturnTo = 512;
    private const int SecretBytes = 32;

    /// <summary>SHA-256 of the verifier: what the provider is told beforehand.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static SignInAttempt New(string issuer, string? returnTo) =>
        new(issuer, Secret(), Secret(), Secret(), IsOfThisHost(returnTo) ? returnTo! : "/");

    public bool Began(string? state) => state is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    /// <summary>A path that a browser cannot take for another host's, so that nobody is led away from here by a link to the sign-in.</summary>
    private static bool IsOfThisHost(string? path) =>
        path is ['/', ..] and { Length: <= MaxReturnTo } and not ['/', '/' or '\\', ..] && path.All(static c => c is > ' ' and < '\x7f');

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}

[JsonSerializable(typeof(SignInAttempt))]
internal sealed partial class SignInAttemptJson : JsonSerializerContext;
