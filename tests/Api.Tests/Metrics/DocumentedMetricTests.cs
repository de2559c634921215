using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AwoooP.Client.Metrics;

namespace AwoooP.Api.Tests.Metrics;

/// <summary>Who copies a metric's name from the operations' pages into an alert gets one that <c>/metrics</c> has.</summary>
public sealed partial class DocumentedMetricTests
{
    [Fact]
    public void Metrics_NamedInOperations_AreThoseOfThePage()
    {
        var sources = SourceTexts().ToList();
        var families = sources.SelectMany(FamiliesOf).ToHashSet(StringComparer.Ordinal);
        // Tables and roles begin alike, and stand in the source as they are; a metric stands there with dots.
        var others = sources.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        var documented = Directory.GetFiles(Path.Combine(Root(), "docs", "operations"), "*.md").SelectMany(static page => NamesIn(File.ReadAllText(page))).Distinct().ToList();

        documented.Count(families.Contains).ShouldBeGreaterThan(20);
        documented.Where(name => !families.Contains(name) && !others.Contains(name)).ShouldBeEmpty("/metrics has no such names");
    }

    private static IEnumerable<string> FamiliesOf(string source)
    {
        using var meter = new Meter("Documented");
        foreach (Match call in Creation().Matches(source))
        {
            var unit = Unit().Match(call.Groups["rest"].Value) is { Success: true } written ? written.Groups["unit"].Value : null;
            yield return Series.Of(Create(meter, call.Groups["kind"].Value, call.Groups["name"].Value, unit)).Name;
        }
    }

    private static Instrument Create(Meter meter, string kind, string name, string? unit) => kind switch
    {
        "Counter" => meter.CreateCounter<long>(name, unit),
        "Histogram" => meter.CreateHistogram<double>(name, unit),
        "ObservableCounter" => meter.CreateObservableCounter(name, static () => 0L, unit),
        "ObservableGauge" => meter.CreateObservableGauge(name, static () => 0L, unit),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Instruments of this kind are not known here."),
    };

    private static IEnumerable<string> NamesIn(string text) => Name().Matches(text).Select(static match => match.Value);

    private static IEnumerable<string> SourceTexts()
    {
        var source = Path.Combine(Root(), "src");
        return ((string[])["*.cs", "*.sql"]).SelectMany(pattern => Directory.EnumerateFiles(source, pattern, SearchOption.AllDirectories))
            .Where(path => !Path.GetRelativePath(source, path).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or "node_modules"))
            .Select(File.ReadAllText);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("""\.Create(?<kind>[A-Za-z]+)(<\w+>)?\(\s*"(?<name>awooop\.[a-z0-9_.]+)"(?<rest>[^;]*);""", RegexOptions.ExplicitCapture)]
    private static partial Regex Creation();

    [GeneratedRegex("\"(?<unit>s|ms|By)\"")]
    private static partial Regex Unit();

    [GeneratedRegex("awooop_[a-z0-9_]+")]
    private static partial Regex Name();
}
