using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace AwoooP.Client.Cli;

/// <summary>Shows answers: as the JSON that came, or as a table of chosen fields.</summary>
internal static class Shown
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="empty">Said when there are no rows; not among the rows, which scripts read.</param>
    /// <param name="columns">Field paths with dots; the header is the last part.</param>
    public static void List(ParseResult arguments, JsonElement answer, string empty, params ReadOnlySpan<string> columns)
    {
        if (IsJson(arguments))
        {
            Json(answer);
            return;
        }

        var items = answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("items");
        if (items.GetArrayLength() == 0)
        {
            Console.Error.WriteLine(empty);
            return;
        }

        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column[(column.LastIndexOf('.') + 1)..].ToUpperInvariant())).NoWrap());

        foreach (var item in items.EnumerateArray())
        {
            var cells = new string[columns.Length];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Markup.Escape(Field(item, columns[i]));

            table.AddRow(cells);
        }

        var console = AnsiConsole.Console;
        // A pipe has no width; rows must not be broken for it.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 1000;

        console.Write(table);
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("next_cursor", out var next) && next.ValueKind == JsonValueKind.String)
            Console.Error.WriteLine($"More: --cursor {next.GetString()}");
    }

    /// <summary>One thing: its fields line by line, or the JSON.</summary>
    public static void One(ParseResult arguments, JsonElement answer)
    {
        if (IsJson(arguments) || answer.ValueKind != JsonValueKind.Object)
        {
            Json(answer);
            return;
        }

        var width = answer.EnumerateObject().Max(field => field.Name.Length);
        foreach (var field in answer.EnumerateObject())
            Console.WriteLine($"{field.Name.PadRight(width)}  {Text(field.Value)}");
    }

    public static void Json(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Undefined)
            return;

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            answer.WriteTo(writer);

        Console.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    public static bool IsJson(ParseResult arguments) => arguments.GetValue(GlobalOptions.Output) == "json";

    private static string Field(JsonElement item, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(part, out item))
                return "";
        }

        return Text(item);
    }

    internal static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Object or JsonValueKind.Array => value.GetRawText(),
        JsonValueKind.String when Time(value) is { } time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        // What senders wrote must not steer a terminal.
        _ => string.Concat(value.ToString().Select(static c => char.IsControl(c) ? ' ' : c)),
    };

    /// <summary>A time of the API, which has as many decimals as it needs; columns have as many everywhere.</summary>
    private static DateTimeOffset? Time(JsonElement value) =>
        value.GetString() is ['0' or '1' or '2', _, _, _, '-', _, _, '-', _, _, 'T', .., _, _, _, _, _, _, _, _, _] text
        && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && value.TryGetDateTimeOffset(out var time) ? time : null;
}
