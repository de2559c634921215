using System.Collections.Concurrent;

namespace AwoooP.Runtime.Tests;

/// <summary>What a test wants to happen as grains come and go.</summary>
internal sealed class ScriptLifecycle
{
    private readonly ConcurrentDictionary<string, int> _generations = new();

    public Script Activating { get; set; } = static (_, _) => Task.CompletedTask;

    public Script Deactivating { get; set; } = static (_, _) => Task.CompletedTask;

    public int NextGeneration(string key) => _generations.AddOrUpdate(key, 1, static (_, last) => last + 1);
}
