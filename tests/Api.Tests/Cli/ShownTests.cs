using System.Text.Json;
using AwoooP.Client.Cli;
using AwoooP.Client.Cli.Commands;
using SiloAddress = AwoooP.Client.Cli.SiloAddress;

namespace AwoooP.Api.Tests.Cli;

public sealed class ShownTests
{
    [Theory]
    [InlineData("\"2026-03-01T10:00:00+08:00\"", "2026-03-01T10:00:00.000+08:00")]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    [InlineData("12", "12")]
    [InlineData("0.37", "0.370")]
    [InlineData("1E-7", "0.000")]
    [InlineData("[\"a\",\"b\"]", "a, b")]
    [InlineData("""{"a":"2026-03-01T10:00:00Z","b":null,"c":{"d":1}}""", "a=2026-03-01T10:00:00.000+00:00, c=(d=1)")]
    [InlineData("\"2026-03-01T10:00:00.1234567Z\"", "2026-03-01T10:00:00.123+00:00")]
    [InlineData("\"2026-03-01\"", "2026-03-01")]
    [InlineData("\"2026-03-01T is no time\"", "2026-03-01T is no time")]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\nb\"", "a b")]
    [InlineData("null", "")]
    [InlineData("12.5", "12.500")]
    public void Text_OfAValue_HasOneFormatEverywhere(string json, string shown) => FieldText.Of("field", Parse(json)).ShouldBe(shown);

    [Fact]
    public void Text_OfTrustThatIsWhole_HasItsDecimals() => FieldText.Of("trust_score", Parse("1")).ShouldBe("1.000");

    [Theory]
    [InlineData("usd", "5", "5.0000")]
    [InlineData("cost_usd", "0.0004", "0.0004")]
    public void Text_OfMoney_HasTheDecimalsOfTheLedger(string field, string json, string shown) => FieldText.Of(field, Parse(json)).ShouldBe(shown);

    [Theory]
    [InlineData("labels.alertname", "ALERTNAME", "DiskFull")]
    [InlineData("startsAt:starts", "STARTS", "2026-03-01T10:00:00.000+08:00")]
    [InlineData("services:target", "TARGET", "web, db")]
    [InlineData("labels.none", "NONE", "")]
    public void Cell_OfAColumn_IsItsFieldUnderItsHeader(string column, string header, string cell)
    {
        var row = Parse("""{"labels":{"alertname":"DiskFull"},"startsAt":"2026-03-01T10:00:00+08:00","services":["web","db"]}""");
        Shown.Header(column).ShouldBe(header);
        Shown.Cell(row, column).ShouldBe(cell);
    }

    [Fact]
    public void Sheet_OfAThingWithParts_NumbersStepsAndVotes() => Sheet.Of(Parse("""
        {
          "status": "pending", "escalated": false, "by": null, "tags": [],
          "plan": {
            "trust_score": 0.3, "at": "2026-03-01T10:00:00.5+08:00",
            "steps": [
              { "kind": "command", "name": "Restart", "arguments": ["a", "b"], "idempotent": true, "rollback": { "kind": "wait", "seconds": 1 } },
              { "kind": "verify", "name": "Healthy", "arguments": null }
            ]
          },
          "votes": [{ "user_id": "mei", "choice": "approve", "voted_at": "2026-03-01T10:00:01+08:00" }]
        }
        """)).ShouldBe([
            "status     pending",
            "escalated  no",
            "by         -",
            "tags       -",
            "plan",
            "  trust_score  0.300",
            "  at           2026-03-01T10:00:00.500+08:00",
            "  steps",
            "    1. Restart: kind command; arguments a, b; idempotent yes; rollback kind=wait, seconds=1",
            "    2. Healthy: kind verify",
            "votes",
            "  1. mei: choice approve; voted_at 2026-03-01T10:00:01.000+08:00",
        ]);

    [Fact]
    public void PauseRows_OfWhatIsPaused_HaveOneForEachScope() => PauseRows.Of(Parse("""
        {
          "project_id": "awoooi", "all": null,
          "project": { "by": "mei", "reason": "freeze", "since": "2026-03-01T10:00:00+08:00" },
          "playbooks": { "PB-1": { "by": "ann", "reason": "odd", "since": "2026-03-01T11:00:00+08:00" } }
        }
        """)).Select(row => $"{row.GetProperty("scope")}: {row.GetProperty("by")}, {row.GetProperty("reason")}").ShouldBe([
            "project awoooi: mei, freeze", "playbook PB-1: ann, odd"]);

    [Fact]
    public void PauseRows_OfNothing_AreNone() =>
        PauseRows.Of(Parse("""{"project_id":"awoooi","all":null,"project":null,"playbooks":{}}""")).ShouldBeEmpty();

    [Fact]
    public void Refusal_WithOneField_IsSaidOnce() =>
        RefusalText.Of(Parse("""
            {"code":"missing_field","detail":"The field is needed.","errors":[{"field":"$.reason","message":"The field is needed."}],"trace_id":"t"}
            """)).ShouldBe("missing_field: The field is needed.\n  $.reason\n  trace t");

    [Fact]
    public void Refusal_WithSeveralFields_NamesEachOnce() =>
        RefusalText.Of(Parse("""
            {"code":"c","detail":"Several fields are not valid.","errors":[{"field":"$.a","message":"is missing."},{"field":"$.b","message":"It is odd."}],"trace_id":"t"}
            """)).ShouldBe("c: Several fields are not valid.\n  $.a: is missing.\n  $.b: It is odd.\n  trace t");

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
