using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using AwoooP.Client.Problems;
using AwoooP.Contracts;
using AwoooP.Records;

namespace AwoooP.Client.Api;

/// <summary>A contract with its versions that are not retired.</summary>
/// <param name="ContractId"><c>{kind}/{name}</c></param>
/// <param name="Version">Of the contract as a whole, as in the ETag; grows with everything that happens to it.</param>
/// <param name="LastVersion">The number of its newest version.</param>
/// <param name="Versions">Oldest first.</param>
public sealed record ContractDetail(
    string ProjectId,
    string ContractId,
    ContractKind Kind,
    string Name,
    long Version,
    int LastVersion,
    IReadOnlyList<ContractVersionDetail> Versions)
{
    internal static ContractDetail Of(string projectId, ContractView view) => new(
        projectId,
        new ContractId(view.Kind, view.Name).ToString(),
        view.Kind,
        view.Name,
        view.Version,
        view.LastNumber,
        [.. view.Versions.Select(ContractVersionDetail.Of)]);
}

/// <summary>One version of a contract.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Document">What it says.</param>
/// <param name="DocumentSha256">Over the canonical form (RFC 8785) of the document: what a signer names.</param>
/// <param name="KeyId">The key of the publisher's seal.</param>
/// <param name="Signatures">Those that count.</param>
/// <param name="SignaturesNeeded">How many people put it in force.</param>
/// <param name="Unusable">Why it cannot be relied on, e.g. <c>contract_signature_invalid</c>, or <c>not_checked</c> when it is retired; null when every signature verifies.</param>
/// <param name="Faults">Of a draft: what publishing would refuse. Paths are within the document.</param>
public sealed record ContractVersionDetail(
    int Version,
    ContractStatus Status,
    JsonElement Document,
    string DocumentSha256,
    string DraftedBy,
    DateTimeOffset DraftedAt,
    string? PublishedBy,
    DateTimeOffset? PublishedAt,
    string? KeyId,
    IReadOnlyList<ContractSignatureDetail> Signatures,
    int? SignaturesNeeded,
    DateTimeOffset? ActivatedAt,
    string? Unusable,
    IReadOnlyList<FieldError> Faults,
    IReadOnlyList<string> AvailableActions)
{
    internal const string NotChecked = "not_checked";

    internal static ContractVersionDetail Of(ContractVersionView view) => new(
        view.Number,
        view.Status,
        JsonElement.Parse(view.Document),
        view.Sha256,
        view.DraftedBy,
        view.DraftedAt,
        view.Seal?.By,
        view.PublishedAt,
        view.Seal?.KeyId,
        [.. view.Signatures.Select(static signature => new ContractSignatureDetail(signature.SignatureId, signature.Signer, signature.SignedAt, signature.KeyId))],
        view.SignaturesNeeded,
        view.ActivatedAt,
        view.Unusable,
        FieldErrors.Of(view.Faults),
        view.AvailableActions);

    /// <summary>A version that is done with, from the record tables. Its signatures are in the list of signatures; nobody needs them to verify any more.</summary>
    internal static ContractVersionDetail Of(ContractDocumentRow row) => new(
        row.Version.Version,
        row.Version.Status,
        JsonElement.Parse(row.Document),
        row.Version.DocumentSha256,
        row.Version.DraftedBy,
        row.Version.DraftedAt,
        row.Version.PublishedBy,
        row.Version.PublishedAt,
        row.Version.KeyId,
        [],
        null,
        row.Version.ActivatedAt,
        NotChecked,
        [],
        []);
}

/// <summary>One person's signature for putting a version in force.</summary>
/// <param name="KeyId">Which key of the platform bears witness.</param>
public sealed record ContractSignatureDetail(Guid SignatureId, string Signer, DateTimeOffset SignedAt, string KeyId);

/// <summary>What a contract is to say.</summary>
public sealed record ContractDocumentRequest
{
    /// <summary>An object, at most 24 KiB in canonical form and 96 KiB as it is written. A draft may be incomplete; publishing holds it against the schema of its kind.</summary>
    public required JsonElement Document { get; init; }
}

/// <summary>That a draft is to be published.</summary>
public sealed record PublishContractRequest
{
    /// <summary>Of the document that was read.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string DocumentSha256 { get; init; }
}

/// <summary>A signature under a version.</summary>
public sealed record SignContractRequest
{
    /// <summary>Of the document that was read.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string DocumentSha256 { get; init; }

    /// <summary>A new UUID for every signature; one that was used before is refused.</summary>
    public required Guid SignatureId { get; init; }
}

/// <summary>What publishing would say of a document.</summary>
/// <param name="DocumentSha256">Of its canonical form; null when it has none.</param>
/// <param name="Faults">Each with its path within the document.</param>
public sealed record ContractReport(bool Valid, string? DocumentSha256, IReadOnlyList<FieldError> Faults);

/// <summary>How two versions of a contract differ.</summary>
/// <param name="Changes">By path, in the order of the paths.</param>
public sealed record ContractDifference(int From, int To, IReadOnlyList<JsonChange> Changes);
