using System.Diagnostics;

namespace AwoooP.Journal.Commits;

/// <summary>
/// Commits in the traces of the work that makes them. What the server is asked for a whole batch is told under the first of its commits
/// that is traced, with links to the others.
/// </summary>
internal static class CommitTraces
{
    private static readonly ActivitySource Source = new(JournalTelemetry.Name);

    /// <summary>While nobody listens a commit pays for this look alone.</summary>
    public static bool HasListeners => Source.HasListeners();

    /// <summary>From the queue to the outcome; the caller's work is its parent.</summary>
    public static Activity? StartCommit(Commit commit) => Source.StartActivity($"commit {commit.Id.Type}")
        ?.SetTag("grain.type", commit.Id.Type).SetTag("grain.key", commit.Id.Key);

    public static void SetOutcome(Activity? span, CommitOutcome outcome)
    {
        if (span is null)
            return;
        span.SetTag("awooop.commit.status", outcome.Status.ToString());
        if (outcome.Status is not (CommitStatus.Committed or CommitStatus.Repeated))
            span.SetStatus(ActivityStatusCode.Error, outcome.Code ?? outcome.Status.ToString());
    }

    /// <summary>One transaction; what Npgsql tells of it comes under this.</summary>
    public static Activity? StartWrite(IReadOnlyList<PendingCommit> batch)
    {
        if (!HasListeners)
            return null;

        var traced = batch.Select(static pending => pending.Trace).Where(static trace => trace != default).ToList();
        if (traced.Count == 0)
            return null;

        var others = traced.Skip(1).Select(static trace => new ActivityLink(trace));
        return Source.StartActivity("write batch", ActivityKind.Internal, traced[0], tags: null, links: [.. others])
            ?.SetTag("db.operation.batch.size", batch.Count);
    }
}
