using System.Text.Json.Serialization;

namespace AwoooP.Budgets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Budget))]
internal sealed partial class BudgetJson : JsonSerializerContext;
