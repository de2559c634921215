using System.Diagnostics;

namespace AwoooP.Bench.Journal;

/// <summary>Operations and their durations, summed over the rounds of one side.</summary>
internal sealed class Measurement
{
    private const int BucketMicroseconds = 10;

    /// <summary>Up to two seconds; slower ones count in the last.</summary>
    private readonly long[] _buckets = new long[200_000];
    private long _operations;
    private TimeSpan _time;
    private ProcessorTime _processor;

    public double Rate => _operations / _time.TotalSeconds;

    public double ClientMicroseconds => _processor.Client.TotalMicroseconds / _operations;

    public double ServerMicroseconds => _processor.Server.TotalMicroseconds / _operations;

    public void Add(long startedAt)
    {
        var bucket = (long)(Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds / BucketMicroseconds);
        Interlocked.Increment(ref _buckets[Math.Min(bucket, _buckets.Length - 1)]);
        Interlocked.Increment(ref _operations);
    }

    public void Took(TimeSpan time) => _time += time;

    public void Used(ProcessorTime time) => _processor += time;

    public TimeSpan Percentile(double share)
    {
        var wanted = (long)(_operations * share);
        long seen = 0;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen > wanted)
                return TimeSpan.FromMicroseconds((bucket + 1) * BucketMicroseconds);
        }

        return TimeSpan.Zero;
    }
}
