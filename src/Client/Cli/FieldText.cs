using System.Globalization;
using System.Text.Json;

namespace AwoooP.Client.Cli;

/// <summary>A value of the API on one line, as people read it; empty when there is none.</summary>
internal static class FieldText
{
    /// <param name="name">The field's: some numbers have decimals even when they are whole.</param>
    public static string Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number => Number(name, value),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Nested(name, item))),
        JsonValueKind.Object => Fields(value),
        _ when Time(value) is { } time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        // What senders wrote must not steer a terminal.
        _ => string.Concat(value.ToString().Select(static c => char.IsControl(c) ? ' ' : c)),
    };

    /// <summary>The fields of an object that have a value.</summary>
    private static string Fields(JsonElement item) => string.Join(", ", item.EnumerateObject()
        .Select(field => (field.Name, Text: Nested(field.Name, field.Value)))
        .Where(field => field.Text.Length > 0)
        .Select(field => $"{field.Name}={field.Text}"));

    private static string Nested(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? $"({Of(name, value)})" : Of(name, value);

    /// <summary>Counts are whole; money has the four decimals that the ledger keeps; whatever else may have decimals has three, in every place.</summary>
    private static string Number(string name, JsonElement value) => name switch
    {
        "usd" or "cost_usd" => value.GetDecimal().ToString("0.0000", CultureInfo.InvariantCulture),
        "trust_score" or "similarity" => WithDecimals(value),
        _ => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? WithDecimals(value) : value.GetRawText(),
    };

    private static string WithDecimals(JsonElement value) => value.GetDouble().ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A time of the API, which has as many decimals as it needs; columns have as many everywhere.</summary>
    private static DateTimeOffset? Time(JsonElement value) =>
        value.GetString() is ['0' or '1' or '2', _, _, _, '-', _, _, '-', _, _, 'T', .., _, _, _, _, _, _, _, _, _] text
        && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && value.TryGetDateTimeOffset(out var time) ? time : null;
}
