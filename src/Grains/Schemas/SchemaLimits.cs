namespace AwoooP.Schemas;

/// <summary>Bounds of a schema, so that neither reading nor using one that a stranger wrote can take long.</summary>
internal static class SchemaLimits
{
    /// <summary>Schemas within a schema, itself included.</summary>
    public const int MaxNodes = 1000;

    /// <summary>Levels of schemas within each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters of a pattern.</summary>
    public const int MaxPattern = 512;

    /// <summary>The most faults that are told at once.</summary>
    public const int MaxFaults = 50;
}
