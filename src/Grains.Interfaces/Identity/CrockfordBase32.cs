namespace AwoooP.Identity;

/// <summary>Crockford's base 32: digits and capitals without I, L, O and U, so that an id can be read aloud and typed.</summary>
public static class CrockfordBase32
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Five bits a character, from the highest bit of the first byte on.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int characters)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(characters * 5, bytes.Length * 8, nameof(characters));
        Span<char> text = stackalloc char[characters];
        for (var i = 0; i < characters; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++)
                value = (value << 1) | ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
            text[i] = Alphabet[value];
        }

        return new string(text);
    }

    public static bool IsValid(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Alphabet) < 0;
}
