using System.Text.Json;
using AwoooP.Redaction;

namespace AwoooP.Client.Intake;

/// <summary>
/// Turns JSON strings into redacted text. Senders repeat the same names and values for ever, so texts that were found clean are kept:
/// a repeated one costs neither an allocation nor a second look for secrets. A text that had a secret in it is never kept.
/// </summary>
/// <remarks>A fixed table in which a newer text takes the older one's place; races only lose an entry.</remarks>
internal sealed class CleanTextPool
{
    private const int Slots = 16 * 1024;
    private const int MaxPooledBytes = 128;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public CleanText Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > MaxPooledBytes)
            return CleanText.Of(Redactor.Redact(reader.GetString()!));

        var bytes = reader.ValueSpan;
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        ref var slot = ref _entries[(uint)hash.ToHashCode() % Slots];
        if (slot is { } known && bytes.SequenceEqual(known.Utf8))
            return known.Clean;

        var text = reader.GetString()!;
        var clean = CleanText.Of(Redactor.Redact(text));
        if (clean.Text == text)
            slot = new Entry(bytes.ToArray(), clean);

        return clean;
    }

    private sealed record Entry(byte[] Utf8, CleanText Clean);
}
