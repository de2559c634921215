using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>A run that was taken up, with its end. Whether it executed anything stands in the step journal.</summary>
internal sealed record Repair(DecodedEvent Event, RepairPlan Plan, bool Success, string? Error, DateTimeOffset StartedAt)
{
    /// <summary>Null for what is no end of a repair: a shadow run changes nothing, and a run that was held back executes nothing.</summary>
    public static Repair? From(DecodedEvent next) => next.Data switch
    {
        RunCompleted { IsShadow: false } done => new(next, done.Plan, done.Verified, null, done.StartedAt),
        RunFailed { IsShadow: false, StartedAt: { } startedAt } failed when failed.ErrorCode != RunErrors.DryRunFailed =>
            new(next, failed.Plan, false, $"{failed.ErrorCode}: {failed.Message}", startedAt),
        _ => null,
    };

    /// <summary>The key of its row in <c>auto_repair_executions</c>.</summary>
    public static string RowIdOf(DecodedEvent next) => next.Recorded.RowId(AutoRepairStatements.Table).ToString();
}
