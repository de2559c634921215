using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AwoooP.Testing;

/// <summary>A key pair of the test's identity provider.</summary>
public sealed record TestKey(string KeyId, string Algorithm, Func<byte[], byte[]> Sign, JsonObject Jwk)
{
    public static TestKey Rsa(string keyId, int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new TestKey(keyId, "RS256", text => rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = keyId,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        });
    }

    public static TestKey Elliptic(string keyId)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new TestKey(keyId, "ES256", text => key.SignData(text, HashAlgorithmName.SHA256), new JsonObject
        {
            ["kty"] = "EC",
            ["use"] = "sig",
            ["crv"] = "P-256",
            ["kid"] = keyId,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        });
    }
}
