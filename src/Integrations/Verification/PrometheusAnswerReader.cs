using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AwoooP.Integrations.Verification;

/// <summary>Reads the answer of <c>/api/v1/query</c>: https://prometheus.io/docs/prometheus/latest/querying/api/</summary>
internal static class PrometheusAnswerReader
{
    private const int SeriesShown = 5;

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static PrometheusAnswer Read(int status, string text)
    {
        if (status is 401 or 403 or 404 or 429 or >= 500 && !text.AsSpan().TrimStart().StartsWith("{"))
            return new PrometheusAnswer.Unavailable(string.Create(CultureInfo.InvariantCulture, $"http_{status}"));
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (Text(root, "status") == "success" && root.TryGetProperty("data", out var data) && data.TryGetProperty("result", out var result))
            return Result(Text(data, "resultType"), result, Warnings(root));
        var type = Text(root, "errorType") ?? "unknown";

        // A time-out, a cancelled query and a server in trouble may pass; the rest is the expression's own fault.
        return type is "bad_data" or "execution"
            ? new PrometheusAnswer.Invalid(type, Text(root, "error") ?? "")
            : new PrometheusAnswer.Unavailable(type is "timeout" or "canceled" or "unavailable" or "internal" ? type : string.Create(CultureInfo.InvariantCulture, $"http_{status}"));
    }

    private static PrometheusAnswer Result(string? type, JsonElement result, IReadOnlyList<string> warnings)
    {
        switch (type)
        {
            case "vector" or "matrix" when result.ValueKind == JsonValueKind.Array:
                return new PrometheusAnswer.Result(result.GetArrayLength() > 0, Summary(result), warnings);
            case "scalar" when result.ValueKind == JsonValueKind.Array && result.GetArrayLength() == 2:
                var value = result[1].GetString() ?? "";
                var holds = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number is not 0 and not double.NaN : value is "+Inf" or "-Inf";
                return new PrometheusAnswer.Result(holds, $"scalar {value}", warnings);
            default:
                return new PrometheusAnswer.Invalid("result_type", $"a condition gives a vector, a matrix or a scalar, not '{type}'");
        }
    }

    private static string Summary(JsonElement series)
    {
        var summary = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{series.GetArrayLength()} series");
        foreach (var one in series.EnumerateArray().Take(SeriesShown))
        {
            if (one.TryGetProperty("metric", out var metric) && one.TryGetProperty("value", out var value) && value.GetArrayLength() == 2)
                summary.Append('\n').Append(metric.GetRawText()).Append(' ').Append(value[1].GetString());
        }

        return summary.ToString();
    }

    private static IReadOnlyList<string> Warnings(JsonElement root) =>
        root.TryGetProperty("warnings", out var warnings) && warnings.ValueKind == JsonValueKind.Array
            ? [.. warnings.EnumerateArray().Select(warning => warning.GetString() ?? "")]
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.String ? property.GetString() : null;
}
