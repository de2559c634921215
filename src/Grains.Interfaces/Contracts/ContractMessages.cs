using System.Text.Json.Serialization;

namespace AwoooP.Contracts;

/// <summary>What calls of <see cref="IContractGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DraftContract))]
[JsonSerializable(typeof(PublishContract))]
[JsonSerializable(typeof(SignContract))]
[JsonSerializable(typeof(DeprecateContract))]
[JsonSerializable(typeof(RetireContract))]
[JsonSerializable(typeof(ContractView))]
[JsonSerializable(typeof(ActiveContractAnswer))]
[JsonSerializable(typeof(ContractFindings))]
internal sealed partial class ContractMessages : JsonSerializerContext;
