using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary><c>run_state.outcome</c>: what is known of how it went, so far or in the end.</summary>
internal sealed record RunOutcome
{
    /// <summary>Whose vote released it; null for a run that needed none.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary><c>audit_logs.authorization_channel</c>: web, telegram, or auto for a run that needed no vote.</summary>
    public string? AuthorizationChannel { get; init; }

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
