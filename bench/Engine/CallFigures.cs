namespace AwoooP.Bench.Engine;

/// <param name="BytesACall">Allocated in this process.</param>
internal sealed record CallFigures(double Rate, double BytesACall, TimeSpan Median, TimeSpan Slowest1Percent);
