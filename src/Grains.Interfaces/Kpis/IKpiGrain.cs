using System.Text.Json.Serialization;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Kpis;

/// <summary>The key indicators of one project; a subscriber of the log. Key: <c>{project_id}/kpi</c>.</summary>
public interface IKpiGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "kpi";

    /// <summary>Applies a batch of one source partition; what it has seen already is passed over.</summary>
    Task<CommandResult> FollowAsync(FollowKpis command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<KpiView> GetAsync(CancellationToken cancellationToken);
}

public sealed record FollowKpis(short Partition, IReadOnlyList<KpiFact> Facts);

/// <param name="Seconds">How long it took: to resolve, or to be approved.</param>
public sealed record KpiFact(long Seq, KpiFactKind Kind, double Seconds, DateTimeOffset At);

[JsonConverter(typeof(SnakeCaseEnumConverter<KpiFactKind>))]
public enum KpiFactKind
{
    None = 0,
    ResolvedByRepair,
    ResolvedOtherwise,
    ApprovalGranted,
}

/// <summary>Over the last 30 days. A share is 0 to 1 and null without data.</summary>
/// <param name="AutoResolutionShare">KPI 1: resolved by a verified repair, of all resolved.</param>
/// <param name="MeanTimeToResolveSeconds">KPI 2.</param>
/// <param name="MeanApprovalLatencySeconds">KPI 9: from request to grant.</param>
public sealed record KpiView(
    int ResolvedTotal,
    double? AutoResolutionShare,
    double? MeanTimeToResolveSeconds,
    int ApprovalTotal,
    double? MeanApprovalLatencySeconds);
