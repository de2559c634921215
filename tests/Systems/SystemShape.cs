namespace AwoooP.Systems;

/// <summary>What a system consists of.</summary>
public sealed record SystemShape
{
    public int Silos { get; init; } = 1;

    /// <summary>How many processes serve the front alone; with any, the silos do not.</summary>
    public int Fronts { get; init; }

    /// <summary>Whether silos reach each other and PostgreSQL over wires that can be cut.</summary>
    public bool Wired { get; init; }

    /// <summary>Whether the last silo's clock can be set.</summary>
    public bool OwnClock { get; init; }

    /// <summary>Of every process, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
