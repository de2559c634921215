using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>The keys of an issuer at one time (a JSON web key set, RFC 7517, section 5).</summary>
internal sealed class KeySet(IReadOnlyList<IssuerKey> keys)
{
    private const int MaxKeys = 100;

    public int Count => keys.Count;

    /// <summary>By id and algorithm. A token that names no key is checked with the only one for its algorithm, when there is but one.</summary>
    public IssuerKey? Find(string? keyId, string algorithm)
    {
        var fitting = keys.Where(key => key.Algorithm == algorithm);
        return keyId is not null ? fitting.FirstOrDefault(key => key.KeyId == keyId) : fitting.Take(2).ToArray() is [var only] ? only : null;
    }

    /// <summary>Keys of other kinds are passed over.</summary>
    /// <exception cref="JsonException">It is not a key set.</exception>
    public static KeySet Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A key set has an array of keys.");
        }

        return new KeySet([.. keys.EnumerateArray().Take(MaxKeys).Select(IssuerKey.From).OfType<IssuerKey>()]);
    }
}
