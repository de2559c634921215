namespace AwoooP.Records;

/// <summary>Which rows of the ledger are wanted; a part that is null does not filter.</summary>
public sealed record LedgerFilter(string? AgentId = null, Guid? RunId = null, string? IncidentId = null, string? Model = null);
