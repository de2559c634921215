namespace AwoooP.Contracts;

/// <summary>What the platform sealed a version with when it was published.</summary>
/// <param name="KeyId">Which key.</param>
/// <param name="Hmac">HMAC-SHA-256 over the canonical JSON of the sealed statement, 64 lower-case hex digits.</param>
/// <param name="By">Who published it.</param>
/// <param name="IssuedBy">Who may know the publisher's secret, too; null in seals from before it was told.</param>
public sealed record ContractSeal(string KeyId, string Hmac, string By, IReadOnlyList<string>? IssuedBy = null);

/// <summary>One person's signature for putting a version in force.</summary>
/// <param name="SignatureId">Made by the signer for this one act; a second use is refused for as long as the contract holds the version, and in every other contract of the project.</param>
/// <param name="Signer">Who signed; never who published.</param>
/// <param name="SignedAt">To the microsecond.</param>
/// <param name="KeyId">Which key of the platform bears witness.</param>
/// <param name="Hmac">HMAC-SHA-256 over the canonical JSON of the signed statement, 64 lower-case hex digits.</param>
/// <param name="IssuedBy">Who may know the signer's secret, too; null in signatures from before it was told.</param>
public sealed record ContractSignature(
    Guid SignatureId, string Signer, DateTimeOffset SignedAt, string KeyId, string Hmac, IReadOnlyList<string>? IssuedBy = null);
