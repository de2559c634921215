using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>A public key that an issuer signs with. It fits one algorithm, so that a token can never choose how its key is used.</summary>
internal abstract class IssuerKey(string? keyId, string algorithm)
{
    public const string Rs256 = "RS256";
    public const string Es256 = "ES256";

    public string? KeyId => keyId;

    public string Algorithm => algorithm;

    public abstract bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);

    /// <summary>The key of a JSON web key (RFC 7517), or null when it is for something else, or too weak to be believed.</summary>
    public static IssuerKey? From(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "use") is not (null or "sig"))
            return null;

        try
        {
            return (Text(jwk, "kty"), Text(jwk, "alg")) switch
            {
                ("RSA", null or Rs256) => RsaKey.From(Text(jwk, "kid"), Bytes(jwk, "n"), Bytes(jwk, "e")),
                ("EC", null or Es256) when Text(jwk, "crv") == "P-256" => EllipticKey.From(Text(jwk, "kid"), Bytes(jwk, "x"), Bytes(jwk, "y")),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(Text(jwk, name) ?? throw new FormatException($"A key has no {name}."));

    /// <summary>Instances of the framework's keys are not for several threads at once, so each check makes its own.</summary>
    private sealed class RsaKey(string? keyId, RSAParameters parameters) : IssuerKey(keyId, Rs256)
    {
        private const int MinBytes = 2048 / 8;
        private const int MaxBytes = 8192 / 8;
        private const int MaxExponentBytes = 4;

        public static RsaKey? From(string? keyId, byte[] modulus, byte[] exponent)
        {
            if (modulus is not [not 0, ..] || modulus.Length is < MinBytes or > MaxBytes || exponent.Length is < 1 or > MaxExponentBytes)
                return null;

            var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
            // Throws when the two cannot be a key.
            using var _ = RSA.Create(parameters);
            return new RsaKey(keyId, parameters);
        }

        public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
        {
            using var rsa = RSA.Create(parameters);
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    private sealed class EllipticKey(string? keyId, ECParameters parameters) : IssuerKey(keyId, Es256)
    {
        private const int CoordinateBytes = 32;

        public static EllipticKey? From(string? keyId, byte[] x, byte[] y)
        {
            if (x.Length != CoordinateBytes || y.Length != CoordinateBytes)
                return null;

            var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
            // Throws when the point is not on the curve.
            using var _ = ECDsa.Create(parameters);
            return new EllipticKey(keyId, parameters);
        }

        public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
        {
            using var key = ECDsa.Create(parameters);
            return signature.Length == 2 * CoordinateBytes
                && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
