using System.Collections.Concurrent;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

internal sealed class RecordingWakeTarget : IWakeTarget
{
    private readonly ConcurrentQueue<(string Key, string Name, DateTimeOffset DueAt)> _fired = new();

    public IReadOnlyList<(string Key, string Name, DateTimeOffset DueAt)> Fired => [.. _fired];

    /// <summary>Runs after the call is noted; stands for the handling commit.</summary>
    public Func<AggregateId, string, DateTimeOffset, Task> Handle { get; set; } = static (_, _, _) => Task.CompletedTask;

    public async ValueTask WakeAsync(AggregateId id, string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        _fired.Enqueue((id.Key, name, dueAt));
        await Handle(id, name, dueAt);
    }
}
