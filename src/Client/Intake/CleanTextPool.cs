using System.Text.Json;
using AwoooP.Alerts;
using AwoooP.Redaction;

namespace AwoooP.Client.Intake;

/// <summary>
/// Turns JSON strings into redacted text. A text that was found clean is kept, and not looked through again when it is repeated.
/// One that had a secret in it is never kept.
/// </summary>
internal sealed class CleanTextPool
{
    private readonly Utf8Pool<CleanText> _clean = new();

    public CleanText Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            return CleanText.Of(Redactor.Redact(reader.GetString()!));
        if (_clean.TryGet(reader.ValueSpan, out var known))
            return known;

        var text = reader.GetString()!;
        var clean = CleanText.Of(Redactor.Redact(text));
        if (clean.Text == text)
            _clean.Add(reader.ValueSpan, clean);
        return clean;
    }
}
