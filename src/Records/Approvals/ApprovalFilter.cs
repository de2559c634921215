using AwoooP.Approvals;

namespace AwoooP.Records;

/// <summary>Which approvals are wanted; a part that is null does not filter.</summary>
public sealed record ApprovalFilter(ApprovalStatus? Status = null, string? IncidentId = null);
