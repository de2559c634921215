using System.Buffers;
using System.Security.Cryptography;

namespace AwoooP.Contracts;

/// <summary>The keys as one project may use them: the first of its own signs, all of its own verify, so that two are valid while one replaces the other.</summary>
internal sealed class ContractKeyRing(string projectId, IReadOnlyList<ContractKey> keys)
{
    public string ProjectId => projectId;

    /// <summary>Null when the project has no key. One whose secret cannot be read is not passed over for the next, which may be on its way out.</summary>
    public ContractKey? Signing => keys.FirstOrDefault(key => key.Serves(projectId));

    /// <summary>HMAC-SHA-256, 64 lower-case hex digits.</summary>
    /// <exception cref="InvalidOperationException">The key's secret cannot be read.</exception>
    public static string Sign(ContractKey key, byte[] statement) => Convert.ToHexStringLower(HMACSHA256.HashData(
        key.Secret ?? throw new InvalidOperationException($"Key {key.KeyId} cannot be read."), statement));

    /// <returns>Null when it verifies; else why not, a code of <see cref="ContractRefusals"/>.</returns>
    public string? FaultOf(string keyId, byte[] statement, string hmac)
    {
        var key = keys.FirstOrDefault(candidate => candidate.KeyId == keyId);
        return key switch
        {
            null => ContractRefusals.KeyUnknown,
            _ when !key.Serves(projectId) => ContractRefusals.KeyOfAnotherProject,
            { Secret: null } => ContractRefusals.KeyUnavailable,
            _ => Matches(HMACSHA256.HashData(key.Secret!, statement), hmac) ? null : ContractRefusals.SignatureInvalid,
        };
    }

    private static bool Matches(byte[] expected, string hmac)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hmac.Length == 2 * given.Length
            && Convert.FromHexString(hmac, given, out _, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
