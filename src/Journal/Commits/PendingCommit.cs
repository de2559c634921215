using System.Diagnostics;
using AwoooP.Journal.Membership;

namespace AwoooP.Journal.Commits;

/// <summary>A commit on its way: waiting, then in a batch, then settled exactly once.</summary>
internal sealed class PendingCommit(Commit commit, short partition, PartitionTenure writer, int bytes, long queuedAt)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<CommitOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stage = Waiting;

    public Commit Commit => commit;

    public short Partition => partition;

    /// <summary>
    /// What this silo owned the partition as when the commit was queued. It was decided on memory of that time, and no later
    /// tenure may write it.
    /// </summary>
    public PartitionTenure Writer => writer;

    /// <summary>State and events together.</summary>
    public int Bytes => bytes;

    /// <summary>Timestamp of the monotonic clock.</summary>
    public long QueuedAt => queuedAt;

    /// <summary>The span that it was queued under; none where that is not recorded.</summary>
    public ActivityContext Trace { get; } = CommitTraces.HasListeners && Activity.Current is { Recorded: true } span ? span.Context : default;

    public Task<CommitOutcome> Outcome => _outcome.Task;

    /// <summary>False when the caller has withdrawn it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _stage, Taken, Waiting) == Waiting;

    /// <summary>Once it is in a batch a commit cannot be withdrawn: its outcome must be told.</summary>
    public void TryWithdraw(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _stage, Withdrawn, Waiting) == Waiting)
            _outcome.TrySetCanceled(cancellationToken);
    }

    public void Settle(CommitOutcome outcome) => _outcome.TrySetResult(outcome);
}
