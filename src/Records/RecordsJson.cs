using System.Text.Json.Serialization;
using AwoooP.Records.Reading;

namespace AwoooP.Records;

/// <summary>The JSON of the rows, as the API answers them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Page<IncidentRow>))]
[JsonSerializable(typeof(Page<ApprovalRow>))]
[JsonSerializable(typeof(Page<PlaybookRow>))]
[JsonSerializable(typeof(Page<RunRow>))]
[JsonSerializable(typeof(Page<TimelineRow>))]
[JsonSerializable(typeof(Page<NotificationRow>))]
[JsonSerializable(typeof(Page<AuditRow>))]
[JsonSerializable(typeof(Page<OperatorKeyRow>))]
[JsonSerializable(typeof(Page<OperatorRow>))]
[JsonSerializable(typeof(Page<AuditEventRow>))]
[JsonSerializable(typeof(Page<AuditHeadRow>))]
[JsonSerializable(typeof(AuditCheck))]
[JsonSerializable(typeof(Page<ProjectRow>))]
[JsonSerializable(typeof(Page<ContractRow>))]
[JsonSerializable(typeof(Page<ContractVersionRow>))]
[JsonSerializable(typeof(Page<ContractSignatureRow>))]
[JsonSerializable(typeof(Page<LedgerRow>))]
[JsonSerializable(typeof(IReadOnlyList<SpendRow>))]
[JsonSerializable(typeof(Page<AgentRow>))]
[JsonSerializable(typeof(Page<PolicyRow>))]
[JsonSerializable(typeof(Page<LegalHoldRow>))]
[JsonSerializable(typeof(IReadOnlyList<AlertMemberRow>))]
public sealed partial class RecordsJson : JsonSerializerContext;
