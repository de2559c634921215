using System.Text.Json;
using AwoooP.Commands;

namespace AwoooP.ModelAnswers;

/// <summary>An answer that is what its schema says.</summary>
/// <param name="Value">The model's answer, or the rule-based one.</param>
/// <param name="Attempts">How often the model was asked.</param>
/// <param name="ErrorCode">Null when the model's answer was taken; else <c>E-SCHEMA-001</c>.</param>
/// <param name="Faults">Of the model's last answer, when it was not taken.</param>
public sealed record ModelAnswer(JsonElement Value, int Attempts, string? ErrorCode, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>The model did not answer as it must; what stands here was made by rules.</summary>
    public bool IsDegraded => ErrorCode is not null;
}
