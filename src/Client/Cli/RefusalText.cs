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
            foreach (var error in errors.EnumerateArray())
            {
                var (field, message) = (Text(error, "field")!, Text(error, "message")!);
                // The only error is the detail already, and some messages name their field.
                var saysEnough = message == Text(problem, "detail") ? field : message.StartsWith($"{field}: ", StringComparison.Ordinal) ? message : null;
                text.Append("\n  ").Append(saysEnough ?? $"{field}: {message}");
            }
        }

        return text.Append("\n  trace ").Append(Text(problem, "trace_id")).ToString();
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
