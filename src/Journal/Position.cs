using System.Globalization;

namespace AwoooP.Journal;

/// <summary>
/// A place in the event log. Sequence numbers of one partition are given without gaps; those of a tenant that was taken out are missing since and
/// are never given again. Positions of different partitions are not ordered.
/// Written as <c>{generation}.{partition}.{seq}</c>, the form of the <c>Awooop-After</c> header.
/// </summary>
public readonly record struct Position(int Generation, short Partition, long Seq)
{
    /// <summary>The written form, each number with as many digits as it may have.</summary>
    public const string Pattern = @"^[0-9]{1,10}\.[0-9]{1,5}\.[0-9]{1,19}\z";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}.{Partition}.{Seq}");

    public static bool TryParse(ReadOnlySpan<char> text, out Position position)
    {
        position = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, '.') != 3
            || !int.TryParse(text[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            || !short.TryParse(text[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || !long.TryParse(text[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        position = new Position(generation, partition, seq);
        return true;
    }
}
