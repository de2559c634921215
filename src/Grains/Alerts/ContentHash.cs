using System.Runtime.InteropServices;

namespace AwoooP.Alerts;

/// <summary>64-bit FNV-1a over UTF-16 text. It is stored in snapshots, so it must not change between processes as <see cref="HashCode"/> does.</summary>
internal struct ContentHash()
{
    private const ulong Prime = 1099511628211;

    public ulong Value { get; private set; } = 14695981039346656037;

    public void Add(string? text)
    {
        foreach (var b in MemoryMarshal.AsBytes(text.AsSpan()))
            Value = (Value ^ b) * Prime;
        Value = (Value ^ (text is null ? 0x100UL : 0x101UL)) * Prime;
    }
}
