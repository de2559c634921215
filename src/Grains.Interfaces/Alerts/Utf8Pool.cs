using System.Diagnostics.CodeAnalysis;

namespace AwoooP.Alerts;

/// <summary>
/// What was made of texts that come again and again, found by their UTF-8 bytes: senders repeat the same names and values for ever,
/// so a repeated one costs no allocation.
/// </summary>
/// <remarks>A fixed table in which a newer text takes the older one's place; races only lose an entry.</remarks>
public sealed class Utf8Pool<T>
{
    private const int Slots = 64 * 1024;
    private const int MaxBytes = 128;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public bool TryGet(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
    {
        if (utf8.Length <= MaxBytes && _entries[SlotOf(utf8)] is { } known && utf8.SequenceEqual(known.Utf8))
        {
            value = known.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Long texts are not kept.</summary>
    public void Add(ReadOnlySpan<byte> utf8, T value)
    {
        if (utf8.Length <= MaxBytes)
            _entries[SlotOf(utf8)] = new Entry(utf8.ToArray(), value);
    }

    private static uint SlotOf(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return (uint)hash.ToHashCode() % Slots;
    }

    private sealed record Entry(byte[] Utf8, T Value);
}
