using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AwoooP.Journal.Reports;

internal sealed class ClusterStatusReader(JournalDataSources sources, IOptions<JournalOptions> options) : IClusterStatus
{
    public async Task<ClusterStatus> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cluster = await ReadCluster.ExecuteAsync(sources.Reader, cancellationToken);
            var reports = await ReadSiloReports.ExecuteAsync(sources.Reader, cancellationToken);
            var owned = cluster.Silos.Where(static row => row.IsUp).Sum(static row => row.Partitions.Count);
            return new ClusterStatus(
                cluster.Number, options.Value.Lease, PartitionMap.Count, PartitionMap.Count - owned,
                [.. cluster.Silos.Select(row => reports.TryGetValue((row.SiloId, row.Incarnation), out var reported)
                    ? Describe(row) with { Report = reported.Report, ReportedAt = reported.At }
                    : Describe(row))]);
        }
        catch (NpgsqlException fault)
        {
            throw new JournalUnavailableException("The silos cannot be looked up.", fault);
        }
    }

    private static ClusterSilo Describe(SiloRow row)
    {
        var left = row.Alive && !row.LeaseRanOut ? row.LeaseLeft : TimeSpan.Zero;
        return new ClusterSilo(row.SiloId, row.Incarnation, StateOf(row), row.Address, row.Version, [.. row.Partitions.Order()], left, null, null);
    }

    private static SiloState StateOf(SiloRow row) => row switch
    {
        { Alive: false } => SiloState.Dead,
        { LeaseRanOut: true } => SiloState.Expired,
        { Leaving: true } => SiloState.Leaving,
        _ => SiloState.Alive,
    };
}
