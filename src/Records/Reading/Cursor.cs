using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AwoooP.Records.Reading;

/// <summary>
/// Where a list is to go on: after the row of that time and id. Opaque to callers; its text is base64url.
/// It holds no tenant and grants nothing: every query is bounded by its own tenant.
/// </summary>
public readonly record struct Cursor(DateTimeOffset At, string Id)
{
    private const char Version = '1';
    private const int MaxLength = 400;

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}{At.UtcTicks:x}.{Id}")));

    /// <exception cref="InvalidCursorException">The text is not one that <see cref="ToString"/> has made.</exception>
    public static Cursor Parse(string text) => TryParse(text, out var cursor) ? cursor : throw new InvalidCursorException();

    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = default;
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
            return false;

        string plain;
        try
        {
            plain = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(text));
        }
        catch (ArgumentException)
        {
            return false;
        }

        var dot = plain.IndexOf('.', StringComparison.Ordinal);
        if (dot < 2
            || plain[0] != Version
            || dot == plain.Length - 1
            || plain.Contains('\0', StringComparison.Ordinal)
            || !long.TryParse(plain.AsSpan(1, dot - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0
            || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), plain[(dot + 1)..]);
        return true;
    }
}
