using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Events;
using AwoooP.Journal.Reports;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class ClusterEndpoints
{
    public static void MapCluster(this IEndpointRouteBuilder api) =>
        api.MapGet("/cluster", GetAsync).WithTags("cluster").Needs(OperatorRole.Viewer).WithName("GetCluster")
            .WithSummary("The silos, what each owns and how busy it is");

    private static async Task<Ok<ClusterReport>> GetAsync(OperatorCall call, IClusterStatus status, CancellationToken cancellationToken)
    {
        var cluster = await status.ReadAsync(cancellationToken);
        return TypedResults.Ok(new ClusterReport(
            cluster.Number, cluster.Lease, cluster.Partitions, cluster.UnownedPartitions,
            [.. cluster.Silos.Select(silo => new ClusterSiloReport(
                silo.SiloId, silo.Incarnation, Literal.Of(silo.State), silo.Address, silo.Version, silo.Partitions.Count,
                PartitionRanges.Of(silo.Partitions), (long)silo.LeaseLeft.TotalMilliseconds,
                silo.Report?.Activations,
                silo.Report is { } report ? [.. report.HotGrains.Select(hot => Shown(hot, call.ProjectId))] : null,
                silo.Report?.HotPartitions,
                silo.ReportedAt))]));
    }

    /// <summary>Keys are their project's own business; that something is busy, and of which type, is everybody's.</summary>
    private static HotGrain Shown(HotGrain hot, string projectId)
    {
        var parts = hot.Grain.Split('/', 3);
        return parts.Length == 3 && parts[1] == projectId ? hot : hot with { Grain = parts[0] };
    }
}
