using AwoooP.Contracts;

namespace AwoooP.Records;

/// <summary>Which contracts are wanted; null does not filter.</summary>
public sealed record ContractFilter(ContractKind? Kind = null);
