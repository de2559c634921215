using System.Buffers;
using System.Security.Cryptography;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>The keys as one project may use them: the first of its own signs, all of its own verify, so that two are valid while one replaces the other.</summary>
internal sealed class ContractKeyRing(string projectId, IReadOnlyList<SigningKey> keys)
{
    public string ProjectId => projectId;

    /// <summary>Null when the project has no key. One whose secret cannot be read is not passed over for the next, which may be on its way out.</summary>
    public SigningKey? Signing => keys.FirstOrDefault(key => key.Serves(projectId));

    /// <summary>64 lower-case hex digits.</summary>
    /// <exception cref="InvalidOperationException">The key's secret cannot be read.</exception>
    public static string Sign(SigningKey key, byte[] statement) => Convert.ToHexStringLower(key.Sign(statement));

    /// <returns>Null when it verifies; else why not, a code of <see cref="ContractRefusals"/>.</returns>
    public string? FaultOf(string keyId, byte[] statement, string hmac) => keys.FirstOrDefault(candidate => candidate.KeyId == keyId) switch
    {
        null => ContractRefusals.KeyUnknown,
        var key when !key.Serves(projectId) => ContractRefusals.KeyOfAnotherProject,
        { CanBeRead: false } => ContractRefusals.KeyUnavailable,
        var key => Matches(key, statement, hmac) ? null : ContractRefusals.SignatureInvalid,
    };

    private static bool Matches(SigningKey key, byte[] statement, string hmac)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hmac.Length == 2 * given.Length
            && Convert.FromHexString(hmac, given, out _, out _) == OperationStatus.Done
            && key.Matches(statement, given);
    }
}
