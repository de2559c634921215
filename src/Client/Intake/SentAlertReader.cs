using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AwoooP.Alerts;
using AwoooP.Client.Problems;
using AwoooP.Redaction;

namespace AwoooP.Client.Intake;

/// <summary>
/// Reads one alert and fills in its times by Alertmanager's rules: without a start it starts at its end, else now; without an end it
/// ends after the resolve timeout unless it is sent again. Empty label values mean that the label is absent. Reused for a batch.
/// </summary>
internal sealed class SentAlertReader(CleanTextPool texts, DateTimeOffset now, TimeSpan resolveTimeout)
{
    private readonly List<Pair> _labels = [];
    private readonly List<Pair> _annotations = [];
    private readonly List<KeyValuePair<string, string>> _sorted = [];
    private FieldError? _fault;
    private DateTimeOffset? _startsAt;
    private DateTimeOffset? _endsAt;
    private bool _startAssumed;
    private string? _generatorUrl;

    /// <summary>Leaves the reader on the last token of the value. Answers what is wrong with the alert, or null.</summary>
    public FieldError? Read(ref Utf8JsonReader reader)
    {
        _labels.Clear();
        _annotations.Clear();
        _fault = null;
        _startsAt = _endsAt = null;
        _generatorUrl = null;

        var start = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new FieldError("", "wrong_type", "An alert must be an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadField(ref reader);

        if (reader.BytesConsumed - start > IntakeLimits.MaxAlertBytes)
            return new FieldError("", "alert_too_large", $"An alert may have at most {IntakeLimits.MaxAlertBytes} bytes.", $"1..{IntakeLimits.MaxAlertBytes}");

        return _fault ?? Complete();
    }

    /// <summary>Writes the alert that was read last as a <see cref="SentAlert"/>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("member_id"u8, AlertMemberId.OfSorted(CollectionsMarshal.AsSpan(_sorted)));
        writer.WriteStartObject("labels"u8);
        foreach (var (name, value) in _sorted)
            writer.WriteString(name, value);

        writer.WriteEndObject();
        writer.WriteStartObject("annotations"u8);
        foreach (var annotation in LastOfEach(_annotations))
            writer.WriteString(annotation.Name, annotation.Value);

        writer.WriteEndObject();
        writer.WriteString("starts_at"u8, _startsAt!.Value);
        writer.WriteString("ends_at"u8, _endsAt!.Value);
        if (_generatorUrl is { Length: > 0 })
            writer.WriteString("generator_url"u8, _generatorUrl);
        if (_startAssumed)
            writer.WriteBoolean("start_assumed"u8, true);

        writer.WriteEndObject();
    }

    private FieldError? Complete()
    {
        _sorted.Clear();
        foreach (var label in LastOfEach(_labels))
        {
            if (label.Name.Length == 0)
                return new FieldError(".labels", "invalid_label_name", "A label's name is empty.");

            if (label.Value.Length > 0)
                _sorted.Add(new KeyValuePair<string, string>(label.Name, label.Value));
        }

        if (_sorted.Count == 0)
            return new FieldError(".labels", "no_labels", "An alert needs at least one label with a value.");

        _startAssumed = _startsAt is null;
        _startsAt ??= _endsAt ?? now;
        _endsAt ??= now + resolveTimeout;
        return _endsAt < _startsAt ? new FieldError(".startsAt", "starts_after_end", "startsAt must not be after endsAt.") : null;
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("labels"u8))
            ReadPairs(ref reader, _labels, ".labels");
        else if (reader.ValueTextEquals("annotations"u8))
            ReadPairs(ref reader, _annotations, ".annotations");
        else if (reader.ValueTextEquals("startsAt"u8))
            _startsAt = ReadTime(ref reader, ".startsAt");
        else if (reader.ValueTextEquals("endsAt"u8))
            _endsAt = ReadTime(ref reader, ".endsAt");
        else if (reader.ValueTextEquals("generatorURL"u8))
            _generatorUrl = ReadOptionalText(ref reader, ".generatorURL");
        else
            reader.Skip();
    }

    private void ReadPairs(ref Utf8JsonReader reader, List<Pair> pairs, string field)
    {
        reader.Read();
        pairs.Clear();
        if (reader.TokenType == JsonTokenType.Null)
            return;

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Fault(new FieldError(field, "wrong_type", $"{field[1..]} must be an object of texts."));
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader, field);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                var value = ReadText(ref reader, field).Text;
                pairs.Add(new Pair(name.Text, name.NamesSecret ? Redactor.Redact(name.Text, value) : value, pairs.Count));
            }
            else
            {
                Fault(new FieldError(field, "wrong_type", $"A value in {field[1..]} is not a text."));
                reader.Skip();
            }
        }
    }

    private string? ReadOptionalText(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return OptionalText(ref reader, field);
    }

    private string? OptionalText(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ReadText(ref reader, field).Text;

        if (reader.TokenType != JsonTokenType.Null)
            Fault(new FieldError(field, "wrong_type", $"{field[1..]} must be a text."));

        reader.Skip();
        return null;
    }

    private CleanText ReadText(ref Utf8JsonReader reader, string field)
    {
        CleanText clean;
        try
        {
            clean = texts.Read(ref reader);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: the one way in which well-formed JSON is not Unicode.
            Fault(new FieldError(field, "not_unicode", $"A text in {field[1..]} is not Unicode."));
            return CleanText.Of("");
        }

        // Only an escape can write it, and PostgreSQL cannot store it.
        if (reader.ValueIsEscaped && clean.Text.Contains('\0', StringComparison.Ordinal))
            Fault(new FieldError(field, "nul_character", $"A text in {field[1..]} has the character U+0000."));

        return clean;
    }

    private DateTimeOffset? ReadTime(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && HasOffset(reader.ValueSpan) && reader.TryGetDateTimeOffset(out var time))
            return Given(time);

        var text = OptionalText(ref reader, field);
        if (string.IsNullOrEmpty(text))
            return null;

        if (HasOffset(text.AsSpan()) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            return Given(time);

        Fault(new FieldError(field, "invalid_time", $"{field[1..]} must be an RFC 3339 time with an offset."));
        return null;
    }

    /// <summary>Go's zero time is how its programs say 'not set'.</summary>
    private static DateTimeOffset? Given(DateTimeOffset time) => time.UtcDateTime.Year <= 1 ? null : time.ToUniversalTime();

    /// <summary>Without an offset the machine's own zone would be guessed.</summary>
    private static bool HasOffset(ReadOnlySpan<char> text) =>
        text.Length > 10 && text[10] is 'T' or 't' or ' ' && (text[^1] is 'Z' or 'z' || text[10..].ContainsAny('+', '-'));

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length > 10 && text[10] == 'T' && (text[^1] == 'Z' || text[10..].ContainsAny((byte)'+', (byte)'-'));

    private void Fault(FieldError fault) => _fault ??= fault;

    /// <summary>Sorted by name; of a name that was sent twice the last one counts, as JSON decoders have it.</summary>
    private static IEnumerable<Pair> LastOfEach(List<Pair> pairs)
    {
        pairs.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is not 0 and var order ? order : left.Order.CompareTo(right.Order));
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i + 1 == pairs.Count || pairs[i].Name != pairs[i + 1].Name)
                yield return pairs[i];
        }
    }

    private readonly record struct Pair(string Name, string Value, int Order);
}
