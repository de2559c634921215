using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary><c>run_state.outcome</c>: what is known of how it went, so far or in the end.</summary>
internal sealed record RunOutcome
{
    public bool? Verified { get; init; }
    public bool? RolledBack { get; init; }
    public string? Message { get; init; }
    public string? Reason { get; init; }
    public string? By { get; init; }
    public long? DurationMs { get; init; }
    public IReadOnlyList<DryRunCheck>? DryRun { get; init; }
}

/// <summary><c>remediation_events.metadata</c>.</summary>
internal sealed record RemediationMetadata(string PlaybookId, int PlaybookVersion, string PlaybookName, string PlanSha256, int Steps);
