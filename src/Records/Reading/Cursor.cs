using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Records.Reading;

/// <summary>
/// Where a list is to go on: after the row of that time and id. Opaque to callers; its text is base64url.
/// It holds no tenant and grants nothing: every query is bounded by its own tenant.
/// </summary>
public readonly record struct Cursor(DateTimeOffset At, string Id)
{
    /// <summary>Of its text, in characters.</summary>
    public const int MaxLength = 400;

    private const char Version = '2';

    /// <summary>Of the list and its filter, by <see cref="QuestionOf"/>: with another a cursor would answer a wrong page without a word.</summary>
    public uint Question { get; init; }

    /// <summary>The same for the same list and filter in every process.</summary>
    /// <param name="list">The type of its rows.</param>
    /// <param name="filter">A record, which tells all that it holds as text, or a text.</param>
    public static uint QuestionOf(Type list, object filter) => BinaryPrimitives.ReadUInt32BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list.Name} {filter}"))));

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}{At.UtcTicks:x}.{Question:x}.{Id}")));

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

        if (plain.Split('.', 3) is not [[Version, .. var time], var asked, { Length: > 0 } id]
            || id.Contains('\0', StringComparison.Ordinal)
            || !long.TryParse(time, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0
            || ticks > DateTimeOffset.MaxValue.UtcTicks
            || !uint.TryParse(asked, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var question))
        {
            return false;
        }

        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), id) { Question = question };
        return true;
    }
}
