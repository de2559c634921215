using System.Collections.Concurrent;
using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

internal sealed class RecordingReaction(string name = "reaction") : IReaction
{
    private readonly ConcurrentQueue<Position> _seen = new();

    public string Name => name;

    public IReadOnlySet<string> EventTypes { get; init; } = new HashSet<string> { "noted" };

    /// <summary>Every call that ended well, in order.</summary>
    public IReadOnlyList<Position> Seen => [.. _seen];

    public Func<RecordedEvent, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public async ValueTask ReactAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        await Before(recorded);
        _seen.Enqueue(recorded.Position);
    }
}
