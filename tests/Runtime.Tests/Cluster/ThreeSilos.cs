namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>A cluster of a test.</summary>
public abstract class ThreeSilos : IAsyncLifetime
{
    private protected TestNode One { get; private set; } = null!;

    private protected TestNode Two { get; private set; } = null!;

    private protected TestNode Three { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        One = await TestNode.StartAsync("silo-1");
        Two = await TestNode.StartAsync("silo-2");
        Three = await TestNode.StartAsync("silo-3");
    }

    public async Task DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }

    /// <summary>Every silo learns it.</summary>
    private protected void Place(string key, TestNode? owner)
    {
        foreach (var node in Nodes.OrderByDescending(node => node == owner))
            node.Map.Learn(key, owner?.Member);
    }

    private IEnumerable<TestNode> Nodes => [One, Two, Three];
}
