namespace AwoooP.Records;

/// <summary>What was spent on one day, agent, model, incident or run.</summary>
/// <param name="Key">Null for calls that had none, and for the sum of all.</param>
/// <param name="CostUsd">US dollars, to 4 places.</param>
/// <param name="Calls">Those of which somebody has said what they cost.</param>
public sealed record SpendRow(string? Key, decimal CostUsd, long PromptTokens, long CompletionTokens, long Calls);
