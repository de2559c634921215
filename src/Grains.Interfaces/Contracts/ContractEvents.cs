using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Contracts;

/// <summary>Events of a contract; <c>Number</c> is the number of the version that they are about, from 1.</summary>
public abstract record ContractEvent;

/// <param name="Document">In canonical form (RFC 8785).</param>
/// <param name="Sha256">Over the document, 64 lower-case hex digits.</param>
public sealed record ContractDrafted(int Number, string Document, string Sha256, string By) : ContractEvent;

public sealed record ContractDraftRevised(int Number, string Document, string Sha256, string By) : ContractEvent;

public sealed record ContractPublished(int Number, string Sha256, ContractSeal Seal) : ContractEvent;

public sealed record ContractSigned(int Number, string Sha256, ContractSignature Signature) : ContractEvent;

/// <param name="By">Whose signature completed it.</param>
public sealed record ContractActivated(int Number, string By) : ContractEvent;

/// <param name="ReplacedBy">The version that took its place; null when a person deprecated it.</param>
public sealed record ContractDeprecated(int Number, int? ReplacedBy, string? Reason, string By) : ContractEvent;

public sealed record ContractRetired(int Number, string? Reason, string By) : ContractEvent;

/// <summary>The platform loaded a version whose seal or signatures do not verify. Told once a version and cause, however often it is loaded.</summary>
/// <param name="ErrorCode">Why not, a code of <see cref="ContractRefusals"/>.</param>
public sealed record ContractFoundUnusable(int Number, string ErrorCode) : ContractEvent;

public static class ContractEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ContractDrafted>("contract.drafted", 1, ContractEventJson.Default.ContractDrafted),
        new EventType<ContractDraftRevised>("contract.draft_revised", 1, ContractEventJson.Default.ContractDraftRevised),
        new EventType<ContractPublished>("contract.published", 1, ContractEventJson.Default.ContractPublished),
        new EventType<ContractSigned>("contract.signed", 1, ContractEventJson.Default.ContractSigned),
        new EventType<ContractActivated>("contract.activated", 1, ContractEventJson.Default.ContractActivated),
        new EventType<ContractDeprecated>("contract.deprecated", 1, ContractEventJson.Default.ContractDeprecated),
        new EventType<ContractRetired>("contract.retired", 1, ContractEventJson.Default.ContractRetired),
        new EventType<ContractFoundUnusable>("contract.found_unusable", 1, ContractEventJson.Default.ContractFoundUnusable),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContractDrafted))]
[JsonSerializable(typeof(ContractDraftRevised))]
[JsonSerializable(typeof(ContractPublished))]
[JsonSerializable(typeof(ContractSigned))]
[JsonSerializable(typeof(ContractActivated))]
[JsonSerializable(typeof(ContractDeprecated))]
[JsonSerializable(typeof(ContractRetired))]
[JsonSerializable(typeof(ContractFoundUnusable))]
internal sealed partial class ContractEventJson : JsonSerializerContext;
