using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Alerts;
using AwoooP.Operators;
using AwoooP.Playbooks;

namespace AwoooP.Records.Projecting;

/// <summary>The jsonb columns: their JSON and back.</summary>
internal static class Document
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Info<T>());

    public static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize(json, Info<T>());

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)DocumentJson.Default.GetTypeInfo(typeof(T))!;
}

// jsonb does not keep the order of properties, so a step's kind may come last.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(IReadOnlyList<AlertMember>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Guid>))]
[JsonSerializable(typeof(IReadOnlyList<IncidentDecision>))]
[JsonSerializable(typeof(IncidentOutcome))]
[JsonSerializable(typeof(AlertFrequency))]
[JsonSerializable(typeof(RepairPlan))]
[JsonSerializable(typeof(PlaybookMatch))]
[JsonSerializable(typeof(IReadOnlyList<RepairStep>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, OperatorRole>))]
[JsonSerializable(typeof(IReadOnlyList<ApprovalVote>))]
[JsonSerializable(typeof(IReadOnlyList<ApprovalSignature>))]
[JsonSerializable(typeof(BlastRadius))]
[JsonSerializable(typeof(ApprovalMetadata))]
[JsonSerializable(typeof(RunOutcome))]
[JsonSerializable(typeof(RemediationMetadata))]
[JsonSerializable(typeof(NotificationMetadata))]
[JsonSerializable(typeof(TimelinePhrases))]
internal sealed partial class DocumentJson : JsonSerializerContext;
