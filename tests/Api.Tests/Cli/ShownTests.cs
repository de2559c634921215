using System.Text.Json;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

public sealed class ShownTests
{
    [Theory]
    [InlineData("\"2026-03-01T10:00:00+08:00\"", "2026-03-01T10:00:00.000+08:00")]
    [InlineData("\"2026-03-01T10:00:00.1234567Z\"", "2026-03-01T10:00:00.123+00:00")]
    [InlineData("\"2026-03-01\"", "2026-03-01")]
    [InlineData("\"2026-03-01T is no time\"", "2026-03-01T is no time")]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\nb\"", "a b")]
    [InlineData("null", "")]
    [InlineData("12.5", "12.5")]
    public void Text_OfAValue_HasTimesToTheMillisecond(string json, string shown) => Shown.Text(Parse(json)).ShouldBe(shown);

    [Fact]
    public void Refusal_WithOneField_IsSaidOnce() =>
        RefusalText.Of(Parse("""
            {"code":"missing_field","detail":"The field is needed.","errors":[{"field":"$.reason","message":"The field is needed."}],"trace_id":"t"}
            """)).ShouldBe("missing_field: The field is needed.\n  $.reason\n  trace t");

    [Theory]
    [InlineData("[]", "nothing")]
    [InlineData("""["close","resolve"]""", "close, resolve")]
    public void Refusal_InThisState_SaysWhatIsPossible(string legal, string said) =>
        RefusalText.Of(Parse($$"""{"code":"c","detail":"d","legal":{{legal}},"trace_id":"t"}""")).ShouldBe($"c: d\n  possible now: {said}\n  trace t");

    [Fact]
    public void Address_NotNamed_IsWhereTheSiloWasStarted()
    {
        var folder = Directory.CreateTempSubdirectory("awooop-data-");
        try
        {
            SiloAddress.Find(null, folder.FullName).ShouldBe("http://127.0.0.1:8080");
            File.WriteAllText(Path.Combine(folder.FullName, "url"), "http://127.0.0.1:18099\n");
            SiloAddress.Find(null, folder.FullName).ShouldBe("http://127.0.0.1:18099");
            SiloAddress.Find("http://127.0.0.1:9", folder.FullName).ShouldBe("http://127.0.0.1:9");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
