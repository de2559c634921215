using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>A system that several tests use, one after the other.</summary>
public abstract class SharedSystem(SystemShape shape) : LoadedSystem(shape), IAsyncLifetime
{
    public Task InitializeAsync() => StartedAsync();

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
