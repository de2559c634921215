using System.CommandLine;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace AwoooP.Client.Cli;

/// <summary>Shows answers: as the JSON that came, as a table of chosen fields, or as a sheet.</summary>
internal static class Shown
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="empty">Said when there are no rows; not among the rows, which scripts read.</param>
    /// <param name="columns">Field paths with dots; the header is the last part, unless another follows after a colon.</param>
    public static void List(ParseResult arguments, JsonElement answer, string empty, params ReadOnlySpan<string> columns)
    {
        if (IsJson(arguments))
        {
            Json(answer);
            return;
        }

        var items = answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("items");
        Rows([.. items.EnumerateArray()], empty, columns);
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("next_cursor", out var next) && next.ValueKind == JsonValueKind.String)
            Console.Error.WriteLine($"More: --cursor {next.GetString()}");
    }

    /// <summary>A table, for people.</summary>
    public static void Rows(IReadOnlyList<JsonElement> items, string empty, params ReadOnlySpan<string> columns)
    {
        if (items.Count == 0)
        {
            Console.Error.WriteLine(empty);
            return;
        }

        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(Header(column))).NoWrap());

        foreach (var item in items)
        {
            var cells = new string[columns.Length];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Markup.Escape(Cell(item, columns[i]));

            table.AddRow(cells);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        // A pipe has no width; rows must not be broken for it.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 1000;

        console.Write(table);
    }

    /// <summary>One thing: its fields line by line, or the JSON.</summary>
    public static void One(ParseResult arguments, JsonElement answer)
    {
        if (IsJson(arguments) || answer.ValueKind != JsonValueKind.Object)
        {
            Json(answer);
            return;
        }

        foreach (var line in Sheet.Of(answer))
            Console.WriteLine(line);
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

    public static bool IsJson(ParseResult arguments) => arguments.GetValue(GlobalOptions.Json) || arguments.GetValue(GlobalOptions.Output) == "json";

    internal static string Header(string column) => column[(column.LastIndexOfAny(['.', ':']) + 1)..].ToUpperInvariant();

    internal static string Cell(JsonElement item, string column)
    {
        var name = "";
        foreach (var part in column.Split(':')[0].Split('.'))
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(part, out item))
                return "";

            name = part;
        }

        return FieldText.Of(name, item);
    }
}
