using AwoooP.Commands;

namespace AwoooP.Trust;

/// <summary>Trust in one kind of action, earned by approvals. Key: <c>{project_id}/{action_pattern}</c>.</summary>
public interface ITrustRecordGrain : IAggregateGrain
{
    /// <summary>An approval raises the score by one; a rejection resets it to 0.</summary>
    Task<CommandResult> RecordVerdictAsync(RecordVerdict command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<TrustView> GetAsync(CancellationToken cancellationToken);
}

public sealed record RecordVerdict(bool Approved, string By);

public sealed record TrustView(long Version, string ActionPattern, int Score, int TotalApprovals, int TotalRejections);
