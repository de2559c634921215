using AwoooP.Client.Problems;
using AwoooP.Projects;

namespace AwoooP.Client.Projects;

/// <summary>What this front has counted of one project's use, where it is held against the project's quotas.</summary>
internal sealed class ProjectUse(string projectId, TimeProvider time)
{
    private readonly MinuteCount _alerts = new();
    private readonly MinuteCount _requests = new();
    private int _streams;

    /// <param name="taken">To give back what was not taken after all.</param>
    /// <returns>The refusal when the quota does not leave room for all of them; null when they are counted.</returns>
    public ProblemDocument? TakeAlerts(ProjectQuotas quotas, int alerts, out TakenAlerts taken) => Take(_alerts, Quota.AlertsPerMinute, quotas, alerts, out taken);

    public void ReturnAlerts(TakenAlerts taken)
    {
        if (taken.Count > 0)
            _alerts.Return(taken.Minute, taken.Count);
    }

    public ProblemDocument? TakeRequest(ProjectQuotas quotas) => Take(_requests, Quota.RequestsPerMinute, quotas, 1, out _);

    /// <returns>The refusal when as many streams are open as may be; null when this one is counted until <see cref="EndStream"/>.</returns>
    public ProblemDocument? BeginStream(ProjectQuotas quotas)
    {
        var open = Interlocked.Increment(ref _streams);
        if (Quota.EventStreams.Of(quotas) is not { } bound || open <= bound)
            return null;

        EndStream();
        return Problem.QuotaExceeded(projectId, new QuotaUse(Quota.EventStreams.Name, bound, open - 1), TimeSpan.FromSeconds(5));
    }

    public void EndStream() => Interlocked.Decrement(ref _streams);

    private ProblemDocument? Take(MinuteCount count, Quota quota, ProjectQuotas quotas, int items, out TakenAlerts taken)
    {
        taken = default;
        if (quota.Of(quotas) is not { } bound)
            return null;

        var minute = Minute(out var left);
        if (!count.TryAdd(minute, items, bound, out var used))
            return Problem.QuotaExceeded(projectId, new QuotaUse(quota.Name, bound, used), left);

        taken = new TakenAlerts(minute, items);
        return null;
    }

    /// <summary>By the process's own clock, which never goes back.</summary>
    private uint Minute(out TimeSpan left)
    {
        var passed = time.GetElapsedTime(0);
        var minute = (long)passed.TotalMinutes;
        left = TimeSpan.FromMinutes(minute + 1) - passed;
        return (uint)minute;
    }
}

/// <summary>What was counted, and in which minute; none where there is no quota.</summary>
internal readonly record struct TakenAlerts(uint Minute, int Count);
