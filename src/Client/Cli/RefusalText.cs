using System.Text;
using System.Text.Json;

namespace AwoooP.Client.Cli;

/// <summary>A problem document as the command line tells it.</summary>
internal static class RefusalText
{
    public static string Of(JsonElement problem)
    {
        var text = new StringBuilder($"{Text(problem, "code")}: {Text(problem, "detail")}");
        if (problem.TryGetProperty("legal", out var legal) && legal.ValueKind == JsonValueKind.Array)
            text.Append("\n  possible now: ").Append(legal.GetArrayLength() == 0 ? "nothing" : string.Join(", ", legal.EnumerateArray()));

        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            // Of one alone the detail says the rest.
            var isAlone = errors.GetArrayLength() == 1;
            foreach (var error in errors.EnumerateArray())
                text.Append("\n  ").Append(isAlone ? Text(error, "field") : $"{Text(error, "field")}: {Text(error, "message")}");
        }

        return text.Append("\n  trace ").Append(Text(problem, "trace_id")).ToString();
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
