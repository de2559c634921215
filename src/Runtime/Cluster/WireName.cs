using System.Collections.Concurrent;

namespace AwoooP.Runtime.Cluster;

/// <summary>What stands for a grain type's or an interface's name on the wire. The catalogue refuses two names that are the same here.</summary>
internal static class WireName
{
    private static readonly ConcurrentDictionary<string, uint> Known = new(StringComparer.Ordinal);

    public static uint Of(string name) => Known.TryGetValue(name, out var hash) ? hash : Known.GetOrAdd(name, Hash);

    // FNV-1a: the same in every process and version.
    private static uint Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var character in name)
            hash = (hash ^ character) * 16777619u;
        return hash;
    }
}
