using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>The zone that an operator has set is the only one that anybody sees.</summary>
public sealed partial class TimeZoneTests(ConfiguredSystem system) : IClassFixture<ConfiguredSystem>
{
    private const string Api = "v1/platform/";

    [Fact]
    public async Task TimeZone_Configured_IdsAndTimesFollowIt()
    {
        var playbook = await system.ActiveAsync("Elsewhere", "Elsewhere");
        await system.FireAsync("Elsewhere");
        var incident = (string)(await system.IncidentAsync("Elsewhere"))["incident_id"]!;
        var approval = (string)(await system.ApprovalAsync("Elsewhere"))["id"]!;

        DateOf(incident).ShouldBe(await DateOfFirstEventAsync(incident));
        DateOf(playbook).ShouldBe(await DateOfFirstEventAsync(playbook));

        foreach (var path in (string[])[
            Api + "incidents", $"{Api}incidents/{incident}", $"{Api}incidents/{incident}/timeline", Api + "playbooks",
            $"{Api}approvals/{approval}", Api + "approvals", Api + "runs", "api/v2/alerts"])
        {
            List<string> times = [];
            await Readiness.UntilAsync(
                async _ => (times = [.. Times((await system.Viewer.GetAsync(path)).ShouldSucceed().Body)]).Count > 0, $"Nothing is at {path}", CancellationToken.None);
            times.ShouldAllBe(time => time.EndsWith(Offset, StringComparison.Ordinal), path);
        }
    }

    private string Offset => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), system.Zone).ToString("zzz", CultureInfo.InvariantCulture);

    private static string DateOf(string id) => id.Split('-')[1];

    private async Task<string> DateOfFirstEventAsync(string id)
    {
        await using var command = system.System.Superuser.CreateCommand(
            $"select to_char(min(at) at time zone '{system.Zone.Id}', 'YYYYMMDD') from journal.event where grain_key = 'awoooi/{id}'");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Columns that hold a document are answered as they were written, each time with its own offset.</summary>
    private static readonly string[] Documents = ["details", "extra_metadata", "approval_votes", "signals", "decision_chain", "frequency_snapshot", "outcome"];

    private static IEnumerable<string> Times(JsonNode? node) => node switch
    {
        JsonObject body => body.Where(field => !Documents.Contains(field.Key)).SelectMany(field => Times(field.Value)),
        JsonArray list => list.SelectMany(Times),
        JsonValue value when value.TryGetValue(out string? text) && IsoTime().IsMatch(text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")]
    private static partial Regex IsoTime();
}
