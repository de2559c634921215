namespace AwoooP.Journal;

/// <summary>How keys are cut into partitions: the layout of generation 1, fixed for the life of a database.</summary>
public static class PartitionMap
{
    public const short Count = 256;

    /// <summary>The generation that positions carry, so that an offline repartition stays possible.</summary>
    public const short Generation = 1;

    /// <summary>Every partition.</summary>
    public static IReadOnlyList<short> All { get; } = [.. Enumerable.Range(0, Count).Select(static number => (short)number)];

    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>
    /// The partition of an aggregate: FNV-1a over the characters of type and key, with its high half folded in.
    /// Stored with every row, so it must never change.
    /// </summary>
    public static short Of(AggregateId id)
    {
        var hash = Mix(Mix(Mix(OffsetBasis, id.Type), "/"), id.Key);
        hash ^= hash >> 16;
        hash ^= hash >> 8;
        return (short)(hash % (uint)Count);
    }

    private static uint Mix(uint hash, string text)
    {
        foreach (var character in text)
            hash = (hash ^ character) * Prime;
        return hash;
    }
}
