using System.Text.Json.Serialization;

namespace AwoooP.Incidents;

/// <summary>What calls of <see cref="IIncidentGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpenIncident))]
[JsonSerializable(typeof(AddSignal))]
[JsonSerializable(typeof(ClearAlert))]
[JsonSerializable(typeof(ProposePlan))]
[JsonSerializable(typeof(DeclinePlan))]
[JsonSerializable(typeof(StartMitigation))]
[JsonSerializable(typeof(RecordRepair))]
[JsonSerializable(typeof(AcknowledgeIncident))]
[JsonSerializable(typeof(EscalateIncident))]
[JsonSerializable(typeof(ResolveIncident))]
[JsonSerializable(typeof(CloseIncident))]
[JsonSerializable(typeof(IncidentView))]
internal sealed partial class IncidentMessages : JsonSerializerContext;
