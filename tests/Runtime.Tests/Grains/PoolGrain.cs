namespace AwoooP.Runtime.Tests;

[StatelessWorker(2)]
internal sealed class PoolGrain : Grain, IPoolGrain
{
    public Task WorkAsync(Func<Task> work, CancellationToken cancellationToken) => work();
}
