using System.Text.Json.Serialization;

namespace AwoooP.Runs;

/// <summary>What calls of <see cref="IRunGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CreateRun))]
[JsonSerializable(typeof(ReleaseRun))]
[JsonSerializable(typeof(DenyRun))]
[JsonSerializable(typeof(ClaimRun))]
[JsonSerializable(typeof(RunHeartbeat))]
[JsonSerializable(typeof(RecordDryRun))]
[JsonSerializable(typeof(BeginStep))]
[JsonSerializable(typeof(FinishStep))]
[JsonSerializable(typeof(AbandonRun))]
[JsonSerializable(typeof(YieldRun))]
[JsonSerializable(typeof(StopForBudget))]
[JsonSerializable(typeof(HaltForBudget))]
[JsonSerializable(typeof(CancelRun))]
[JsonSerializable(typeof(RunView))]
internal sealed partial class RunMessages : JsonSerializerContext;
