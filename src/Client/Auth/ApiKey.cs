using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>
/// An operator's API key as it is handed out: <c>awp_{key id}_{secret}</c>, 16 hex digits of public id and 64 of secret (256 random bits).
/// Only the SHA-256 of the secret is ever stored.
/// </summary>
public sealed class ApiKey
{
    private const string Prefix = "awp_";
    private const string LowerHex = "0123456789abcdef";
    private const int IdLength = 16;
    private const int SecretLength = 64;

    private readonly byte[] _secret;

    private ApiKey(string keyId, byte[] secret)
    {
        KeyId = keyId;
        _secret = secret;
    }

    /// <summary>What <see cref="IsId"/> holds ids to, as a regular expression of the whole.</summary>
    public static string IdShape => string.Create(CultureInfo.InvariantCulture, $"[{LowerHex}]{{{IdLength}}}");

    public string KeyId { get; }

    /// <summary>64 lower-case hex digits.</summary>
    public string SecretSha256 => Convert.ToHexStringLower(SHA256.HashData(_secret));

    public static ApiKey Create() => CreateFor(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)));

    /// <summary>A new secret for a key that is there.</summary>
    public static ApiKey CreateFor(string keyId) => new(keyId, RandomNumberGenerator.GetBytes(SecretLength / 2));

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && IsLowerHex(text);

    public static ApiKey? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length != Prefix.Length + IdLength + 1 + SecretLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdLength] != '_')
        {
            return null;
        }

        var id = text.Slice(Prefix.Length, IdLength);
        var secret = text[^SecretLength..];
        return IsLowerHex(id) && IsLowerHex(secret) ? new ApiKey(id.ToString(), Convert.FromHexString(secret)) : null;
    }

    /// <summary>Whether this key's secret is the one with that hash. Takes the same time whatever the answer.</summary>
    public bool Matches(string secretSha256)
    {
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_secret, own);
        Span<byte> other = stackalloc byte[SHA256.HashSizeInBytes];
        var readable = Convert.FromHexString(secretSha256, other, out _, out var length) == OperationStatus.Done
            && length == other.Length;
        return CryptographicOperations.FixedTimeEquals(own, other) & readable;
    }

    /// <summary>Which secret of the known key this one has; null when none. Takes the same time whatever the answer.</summary>
    public KeySecret? Matching(OperatorKeyView known)
    {
        var isCurrent = Matches(known.SecretSha256);
        var isPrevious = Matches(known.PreviousSha256 ?? "");
        return isCurrent ? KeySecret.Current : isPrevious ? KeySecret.Previous : null;
    }

    /// <summary>The whole key. To be shown once, to the one it is for.</summary>
    public string Reveal() => $"{Prefix}{KeyId}_{Convert.ToHexStringLower(_secret)}";

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"{Prefix}{KeyId}_…";

    private static bool IsLowerHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
