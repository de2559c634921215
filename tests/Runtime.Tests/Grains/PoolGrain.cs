using System.Collections.Concurrent;

namespace AwoooP.Runtime.Tests;

[StatelessWorker(2)]
internal sealed class PoolGrain(ConcurrentQueue<string> diary) : Grain, IPoolGrain
{
    public Task WorkAsync(Func<Task> work, CancellationToken cancellationToken) => work();

    public Task NoteAsync(string entry, CancellationToken cancellationToken)
    {
        diary.Enqueue(entry);
        return Task.CompletedTask;
    }
}
