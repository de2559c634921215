using System.Collections.Concurrent;
using System.Diagnostics;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Tests;

/// <summary>The spans of all turns of this process that end meanwhile; tests know theirs by the key of the grain.</summary>
internal sealed class RecordedTurns : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public RecordedTurns()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == EngineDiagnostics.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Of(string grainKey) => _ended.Single(activity => (string?)activity.GetTagItem("grain.key") == grainKey);

    public void Dispose() => _listener.Dispose();
}
