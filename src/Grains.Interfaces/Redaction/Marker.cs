namespace AwoooP.Redaction;

/// <summary>The text that takes a secret's place.</summary>
internal static class Marker
{
    public const string Start = "[REDACTED:";

    private const int Longest = 32;

    public static string For(string kind) => kind switch
    {
        RedactionKind.PrivateKey => "[REDACTED:private_key]",
        RedactionKind.JsonWebToken => "[REDACTED:jwt]",
        RedactionKind.Authorization => "[REDACTED:authorization]",
        RedactionKind.ProviderToken => "[REDACTED:provider_token]",
        RedactionKind.UrlPassword => "[REDACTED:url_password]",
        RedactionKind.Secret => "[REDACTED:secret]",
        RedactionKind.Email => "[REDACTED:email]",
        RedactionKind.PaymentCard => "[REDACTED:card]",
        RedactionKind.Phone => "[REDACTED:phone]",
        RedactionKind.NationalId => "[REDACTED:national_id]",
        RedactionKind.Unexamined => "[REDACTED:unexamined]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of redaction"),
    };

    /// <summary>The length of the marker at the start of the text, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Start))
            return 0;
        var end = text[..Math.Min(text.Length, Longest)].IndexOf(']');
        return end > 0 && Is(text[..(end + 1)]) ? end + 1 : 0;
    }

    /// <summary>Whether the value is a marker and nothing else. One with a tail is examined again: a sender could write the marker himself to hide a secret behind it.</summary>
    public static bool Is(ReadOnlySpan<char> value) =>
        value.StartsWith(Start) && value[^1] == ']' && value[Start.Length..^1].IndexOfAnyExceptInRange('_', 'z') < 0;
}
