namespace AwoooP.Alerts;

/// <summary>64-bit FNV-1a over UTF-16 text. It is stored in snapshots, so it must not change between processes as <see cref="HashCode"/> does.</summary>
internal struct ContentHash()
{
    private const ulong Prime = 1099511628211;

    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(ulong number) => Value = (Value ^ number) * Prime;

    public void Add(string? text)
    {
        foreach (var character in text.AsSpan())
            Add((ulong)character);

        // No character has these numbers: they tell where a text ends, and no text from an empty one.
        Add(text is null ? 0x1_0000UL : 0x1_0001UL);
    }
}
