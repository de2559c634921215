using System.Text.Json.Serialization;

namespace AwoooP.Budgets;

/// <summary>What calls of <see cref="IBudgetGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SetBudget))]
[JsonSerializable(typeof(ReserveSpending))]
[JsonSerializable(typeof(SettleSpending))]
[JsonSerializable(typeof(ReleaseSpending))]
[JsonSerializable(typeof(BudgetView))]
internal sealed partial class BudgetMessages : JsonSerializerContext;
