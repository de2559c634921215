using AwoooP.Playbooks;

namespace AwoooP.Records;

/// <summary>Which playbooks are wanted; null does not filter.</summary>
public sealed record PlaybookFilter(PlaybookStatus? Status = null);
