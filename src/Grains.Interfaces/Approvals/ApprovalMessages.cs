using System.Text.Json.Serialization;

namespace AwoooP.Approvals;

/// <summary>What calls of <see cref="IApprovalGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RequestApproval))]
[JsonSerializable(typeof(CastVote))]
[JsonSerializable(typeof(CancelApproval))]
[JsonSerializable(typeof(SupersedeApproval))]
[JsonSerializable(typeof(BeginExecution))]
[JsonSerializable(typeof(FinishExecution))]
[JsonSerializable(typeof(ApprovalView))]
internal sealed partial class ApprovalMessages : JsonSerializerContext;
