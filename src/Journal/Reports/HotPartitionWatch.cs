using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Reports;

/// <summary>
/// Tells when one partition takes most of what this silo commits: more silos do not help it, since a partition is written by one. On the meter
/// <c>AwoooP.Journal</c>, and in the log once it has lasted.
/// </summary>
internal sealed partial class HotPartitionWatch
{
    /// <summary>The share of this silo's commits from which a partition is hot.</summary>
    public const double HotShare = 0.5;

    /// <summary>Commits a second below which no share says anything: of a single commit, one partition has all.</summary>
    public const double LeastCommitsPerSecond = 20;

    /// <summary>How long one and the same partition has to be hot before the log tells of it, once.</summary>
    public static readonly TimeSpan WarnAfter = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private double _share;
    private short? _hot;
    private long _hotSince;
    private bool _isTold;

    public HotPartitionWatch(IMeterFactory meters, TimeProvider time, ILogger<HotPartitionWatch> logger)
    {
        _time = time;
        _logger = logger;
        meters.Create(JournalTelemetry.Name).CreateObservableGauge(
            "awooop.journal.partition.busiest_share", () => Volatile.Read(ref _share), "1", "Share of this silo's commits that its busiest partition takes, 0 while there are few");
    }

    /// <param name="busiest">Null when nothing was committed.</param>
    /// <param name="commitsPerSecond">Of all partitions.</param>
    public void See(HotPartition? busiest, double commitsPerSecond)
    {
        var share = busiest is null || commitsPerSecond < LeastCommitsPerSecond ? 0 : busiest.CommitsPerSecond / commitsPerSecond;
        Volatile.Write(ref _share, share);
        if (busiest is null || share < HotShare)
        {
            _hot = null;
            return;
        }

        if (_hot != busiest.Partition)
            (_hot, _hotSince, _isTold) = (busiest.Partition, _time.GetTimestamp(), false);
        if (_isTold || _time.GetElapsedTime(_hotSince) < WarnAfter)
            return;

        _isTold = true;
        LogHot(busiest.Partition, share, commitsPerSecond);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} takes {Share:P0} of this silo's {CommitsPerSecond:F0} commits a second, and has for long: a few of its grains are busier than all others")]
    private partial void LogHot(short partition, double share, double commitsPerSecond);
}
