namespace AwoooP.Client.Metrics;

/// <summary>How an instrument is called in Prometheus: underscores for dots, the unit spelled out at the end, <c>_total</c> on counters.</summary>
internal static class MetricName
{
    public static string Of(string instrument, string? unit)
    {
        var name = Clean(instrument);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
    }

    public static string Total(string name) => name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total";

    public static string Clean(string name) =>
        string.Create(name.Length, name, static (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
        });
}
