using System.Globalization;
using Xunit.Abstractions;

namespace AwoooP.Redaction.Tests;

/// <summary>Measures the patterns against the corpus and prints both figures, to the test's output and to the console.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const int FewestCases = 200;
    private const double MostFalseAlarms = 0.02;

    [Fact]
    public void Redact_EverySecretOfTheCorpus_IsGone()
    {
        var cases = CorpusFile.Secrets();
        var missed = cases.Where(c => !c.IsGoneFrom(Redactor.Redact(c.Text))).ToList();
        foreach (var miss in missed)
            output.WriteLine($"missed {miss.Kind}: {miss.Text} -> {Redactor.Redact(miss.Text)}");
        var found = cases.Count - missed.Count;
        Print(string.Create(CultureInfo.InvariantCulture, $"recall {100.0 * found / cases.Count:0.##} % ({found}/{cases.Count})"));

        cases.Count.ShouldBeGreaterThanOrEqualTo(FewestCases);
        cases.Select(c => c.Kind).Distinct().Count().ShouldBe(10, "every kind has its cases");
        missed.ShouldBeEmpty();
    }

    [Fact]
    public void Redact_LookAlikesOfTheCorpus_AreLeftAlone()
    {
        var cases = CorpusFile.LookAlikes();
        var alarms = cases.Where(text => Redactor.Redact(text) != text).ToList();
        foreach (var alarm in alarms)
            output.WriteLine($"false alarm: {alarm} -> {Redactor.Redact(alarm)}");
        var share = (double)alarms.Count / cases.Count;
        Print(string.Create(CultureInfo.InvariantCulture, $"false alarms {100 * share:0.##} % ({alarms.Count}/{cases.Count})"));

        cases.Count.ShouldBeGreaterThanOrEqualTo(FewestCases);
        share.ShouldBeLessThan(MostFalseAlarms);
    }

    private void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine($"redaction: {line}");
    }
}
