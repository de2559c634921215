namespace AwoooP.Runtime.Tests;

public interface IPoolGrain : IGrainWithStringKey
{
    Task WorkAsync(Func<Task> work, CancellationToken cancellationToken);
}
