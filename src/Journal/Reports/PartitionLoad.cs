using AwoooP.Journal.Commits;

namespace AwoooP.Journal.Reports;

/// <summary>Which partitions were written most since the last look. One reader.</summary>
internal sealed class PartitionLoad(CommitMetrics commits, HotPartitionWatch watch, TimeProvider time)
{
    private readonly long[] _seen = new long[PartitionMap.Count];
    private long _lookedAt = time.GetTimestamp();

    public IReadOnlyList<HotPartition> Look()
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_lookedAt, now).TotalSeconds;
        if (elapsed <= 0)
            return [];

        _lookedAt = now;
        var hot = new List<HotPartition>();
        for (short partition = 0; partition < PartitionMap.Count; partition++)
        {
            var count = commits.CommittedIn(partition);
            if (count > _seen[partition])
                hot.Add(new HotPartition(partition, Math.Round((count - _seen[partition]) / elapsed, 1)));
            _seen[partition] = count;
        }

        IReadOnlyList<HotPartition> hottest = [.. hot.OrderByDescending(static one => one.CommitsPerSecond).Take(SiloReport.MaxHot)];
        watch.See(hottest.Count > 0 ? hottest[0] : null, hot.Sum(static one => one.CommitsPerSecond));
        return hottest;
    }
}
