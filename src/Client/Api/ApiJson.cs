using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Kpis;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Records;
using AwoooP.Records.Reading;
using AwoooP.Retention;

namespace AwoooP.Client.Api;

/// <summary>Every shape that the API reads or writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.Strict)]
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
[JsonSerializable(typeof(IncidentDetail))]
[JsonSerializable(typeof(ApprovalDetail))]
[JsonSerializable(typeof(PlaybookDetail))]
[JsonSerializable(typeof(RunDetail))]
[JsonSerializable(typeof(CommentRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(OptionalReasonRequest))]
[JsonSerializable(typeof(VoteRequest))]
[JsonSerializable(typeof(PlaybookDefinition))]
[JsonSerializable(typeof(RevisePlaybookRequest))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(PauseState))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(IssueKeyRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(IssuedKey))]
[JsonSerializable(typeof(ProjectDetail))]
[JsonSerializable(typeof(ProjectConfiguration))]
[JsonSerializable(typeof(CreateProjectRequest))]
[JsonSerializable(typeof(RemovalRequest))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(RemovalAnswer))]
[JsonSerializable(typeof(ExportRequest))]
[JsonSerializable(typeof(ExportedRequest))]
[JsonSerializable(typeof(LogCutRequest))]
[JsonSerializable(typeof(OwnerActAnswer))]
[JsonSerializable(typeof(KpiView))]
[JsonSerializable(typeof(StreamedEvent))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<OfferedIssuer>))]
[JsonSerializable(typeof(DeliveryReport))]
[JsonSerializable(typeof(RetryReport))]
[JsonSerializable(typeof(ClusterReport))]
[JsonSerializable(typeof(Page<ContractRow>))]
[JsonSerializable(typeof(Page<ContractVersionRow>))]
[JsonSerializable(typeof(Page<ContractSignatureRow>))]
[JsonSerializable(typeof(Page<AgentRow>))]
[JsonSerializable(typeof(Page<PolicyRow>))]
[JsonSerializable(typeof(ContractDetail))]
[JsonSerializable(typeof(ContractVersionDetail))]
[JsonSerializable(typeof(ContractDocumentRequest))]
[JsonSerializable(typeof(SignContractRequest))]
[JsonSerializable(typeof(PublishContractRequest))]
[JsonSerializable(typeof(ContractReport))]
[JsonSerializable(typeof(ContractDifference))]
[JsonSerializable(typeof(BudgetDetail))]
[JsonSerializable(typeof(BudgetAccountDetail))]
[JsonSerializable(typeof(SetBudgetRequest))]
[JsonSerializable(typeof(SpendReport))]
[JsonSerializable(typeof(Page<LedgerRow>))]
[JsonSerializable(typeof(Page<LegalHoldRow>))]
[JsonSerializable(typeof(LegalHoldRow))]
[JsonSerializable(typeof(PlaceLegalHoldRequest))]
[JsonSerializable(typeof(ReleaseLegalHoldRequest))]
[JsonSerializable(typeof(RetentionView))]
[JsonSerializable(typeof(SetRetentionRequest))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The host reads and writes by options of its own, which begin with the web's defaults: what is said above holds there too.</summary>
    public static void CopyTo(JsonSerializerOptions options)
    {
        var said = Default.Options;
        options.PropertyNamingPolicy = said.PropertyNamingPolicy;
        options.UnmappedMemberHandling = said.UnmappedMemberHandling;
        options.AllowOutOfOrderMetadataProperties = said.AllowOutOfOrderMetadataProperties;
        options.RespectNullableAnnotations = said.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = said.RespectRequiredConstructorParameters;
        options.NumberHandling = said.NumberHandling;
    }
}
