using AwoooP.Commands;

namespace AwoooP.Contracts;

/// <summary>
/// A contract and its versions: draft → published → active → deprecated → retired. Key: <c>{project}/{kind}/{name}</c>.
/// A person drafts, another publishes, and two more people put the version in force; what they sign is the canonical form of its document.
/// </summary>
public interface IContractGrain : IAggregateGrain
{
    /// <summary>Begins a draft as the next version, or changes the one that there is. The document need not be complete yet.</summary>
    Task<CommandResult> DraftAsync(DraftContract command, CancellationToken cancellationToken);

    /// <summary>Seals a draft, after which it is never changed. Refused with every fault of the document by its path.</summary>
    Task<CommandResult> PublishAsync(PublishContract command, CancellationToken cancellationToken);

    /// <summary>Signs a published version. The second signature within 24 hours puts it in force, and deprecates the one before.</summary>
    Task<CommandResult> SignAsync(SignContract command, CancellationToken cancellationToken);

    Task<CommandResult> DeprecateAsync(DeprecateContract command, CancellationToken cancellationToken);

    Task<CommandResult> RetireAsync(RetireContract command, CancellationToken cancellationToken);

    /// <summary>The contract with the versions that are not retired; null when there is none.</summary>
    [AlwaysInterleave]
    Task<ContractView?> GetAsync(CancellationToken cancellationToken);

    /// <summary>The version in force for whoever acts under it, its signatures verified; else why there is none.</summary>
    [AlwaysInterleave]
    Task<ActiveContractAnswer> GetActiveAsync(CancellationToken cancellationToken);

    /// <summary>What publishing would say of a document; nothing is written.</summary>
    [AlwaysInterleave]
    Task<ContractFindings> ValidateAsync(DraftContract document, CancellationToken cancellationToken);
}

/// <param name="Document">JSON; it is kept in its canonical form.</param>
public sealed record DraftContract(string Document);

/// <param name="Sha256">Of the document that the publisher has read: one that was changed meanwhile is not published by mistake.</param>
/// <param name="IssuedBy">Who issued the publisher's key, and so on; empty when a token tells who it is. The front fills it from the principal.</param>
public sealed record PublishContract(int Number, string Sha256, IReadOnlyList<string>? IssuedBy = null);

/// <param name="Sha256">Of the document that the signer has read: another one is not signed by mistake.</param>
/// <param name="SignatureId">New for every signature.</param>
/// <param name="IssuedBy">The same of the signer's key.</param>
public sealed record SignContract(int Number, string Sha256, Guid SignatureId, IReadOnlyList<string>? IssuedBy = null);

public sealed record DeprecateContract(int Number, string? Reason);

public sealed record RetireContract(int Number, string? Reason);

/// <param name="Version">Of the aggregate, for If-Match.</param>
/// <param name="Versions">Those that are not retired, oldest first.</param>
public sealed record ContractView(long Version, ContractKind Kind, string Name, int LastNumber, IReadOnlyList<ContractVersionView> Versions);

/// <param name="Number">From 1.</param>
/// <param name="Document">In canonical form.</param>
/// <param name="Seal">Null as long as it is a draft.</param>
/// <param name="Signatures">Those that count.</param>
/// <param name="SignaturesNeeded">How many put it in force.</param>
/// <param name="Unusable">Why it cannot be relied on (a code of <see cref="ContractRefusals"/>); null when every signature verifies.</param>
/// <param name="Faults">Of a draft: what publishing would refuse.</param>
public sealed record ContractVersionView(
    int Number,
    ContractStatus Status,
    string Document,
    string Sha256,
    string DraftedBy,
    DateTimeOffset DraftedAt,
    ContractSeal? Seal,
    DateTimeOffset? PublishedAt,
    IReadOnlyList<ContractSignature> Signatures,
    int SignaturesNeeded,
    DateTimeOffset? ActivatedAt,
    string? Unusable,
    IReadOnlyList<FieldFault> Faults,
    IReadOnlyList<string> AvailableActions);

/// <param name="Contract">Null when it is refused.</param>
public sealed record ActiveContractAnswer(ActiveContract? Contract, Refusal? Refusal);

/// <param name="Document">In canonical form; verified.</param>
public sealed record ActiveContract(ContractKind Kind, string Name, int Number, string Document, string Sha256);

/// <param name="Sha256">Of the canonical form; null when there is none.</param>
/// <param name="Faults">None when it could be published.</param>
public sealed record ContractFindings(string? Sha256, IReadOnlyList<FieldFault> Faults);
