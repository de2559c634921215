namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>A cluster of a test.</summary>
public abstract class ThreeSilos : IAsyncLifetime
{
    private protected TestNode One { get; private set; } = null!;

    private protected TestNode Two { get; private set; } = null!;

    private protected TestNode Three { get; private set; } = null!;

    private protected IEnumerable<TestNode> Silos => [One, Two, Three];

    public virtual async Task InitializeAsync()
    {
        One = await TestNode.StartAsync("silo-1");
        Two = await TestNode.StartAsync("silo-2");
        Three = await TestNode.StartAsync("silo-3");
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.DisposeAsync();
    }

    /// <summary>Every silo learns it.</summary>
    private protected void Place(string key, TestNode? owner) => TestNode.Place(key, owner, Silos);
}
