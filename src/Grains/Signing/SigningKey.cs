using System.Security.Cryptography;

namespace AwoooP.Signing;

/// <summary>A key that makes and checks signatures (HMAC-SHA-256), and gives its secret to nobody.</summary>
/// <param name="keyId">Its name; stored beside what was made with it.</param>
/// <param name="projects">Those that it is for; empty for every project.</param>
/// <param name="secret">Null when it cannot be read now.</param>
public sealed class SigningKey(string keyId, IReadOnlyCollection<string> projects, byte[]? secret)
{
    /// <summary>Bytes: as many as the hash has.</summary>
    public const int LeastSecret = HMACSHA256.HashSizeInBytes;

    public string KeyId => keyId;

    public bool CanBeRead => secret is not null;

    public bool Serves(string projectId) => projects.Count == 0 || projects.Contains(projectId);

    /// <exception cref="InvalidOperationException">The secret cannot be read.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message) =>
        HMACSHA256.HashData(secret ?? throw new InvalidOperationException($"Key {keyId} cannot be read."), message);

    /// <summary>Takes the same time wherever they differ.</summary>
    /// <exception cref="InvalidOperationException">The secret cannot be read.</exception>
    public bool Matches(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => CryptographicOperations.FixedTimeEquals(Sign(message), signature);
}
