using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Cli;
using AwoooP.Holds;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Retention;

namespace AwoooP.Api.Tests.Retention;

/// <summary>Legal holds and terms over HTTP and by the command line; the front, the grains, their journal and the record tables are real.</summary>
[Collection(StandardOutput.Name)]
public sealed class RetentionTests(RetentionDatabase database) : IClassFixture<RetentionDatabase>, IAsyncLifetime
{
    private const string Project = "awoooi";
    private const string Holds = "/v1/platform/legal-holds";
    private const string Terms = "/v1/platform/retention";

    private readonly FrontHost _host = new();
    private RealGrains _grains = null!;
    private ProjectedHolds _projected = null!;

    public async Task InitializeAsync()
    {
        _grains = await RealGrains.StartAsync(
            database.Endpoints, services => services.AddRecords(_ => database.App));
        _host.Records = database.Endpoints.App;
        _host.Waiter = _projected = new ProjectedHolds(_grains.Journal, database.App, Project);
        await _host.InitializeAsync();
        var (holds, retention) = ($"{Project}/{ILegalHoldsGrain.Key}", $"{Project}/{IRetentionGrain.Key}");
        _host.Cluster.Put(holds, _grains.Get<ILegalHoldsGrain>(holds));
        _host.Cluster.Put(retention, _grains.Get<IRetentionGrain>(retention));

        // The tests of the class share the database.
        await _projected.WaitAsync(default, TimeSpan.Zero, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
    }

    [Fact]
    public async Task Hold_PlacedAndReleased_StandsInTheListAndCanBeReleasedOnce()
    {
        using var ann = Connect("ann", OperatorRole.Admin);

        var placed = await ann.PostAsync(Holds, Answers.Json("""{"scope":"project","reason":"A law suit."}"""));
        placed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var hold = await placed.JsonAsync();
        var path = $"{Holds}/{hold.GetProperty("hold_id").GetString()}";
        placed.Headers.Location!.ToString().ShouldBe(path);
        (Text(hold, "scope"), Text(hold, "reason"), Text(hold, "placed_by"), Text(hold, "released_at")).ShouldBe(("project", "A law suit.", "ann", null));

        using var viewer = Connect("vic", OperatorRole.Viewer);
        (await (await viewer.GetAsync($"{Holds}?open=true")).JsonAsync()).GetProperty("items").EnumerateArray()
            .ShouldContain(row => Text(row, "hold_id") == Text(hold, "hold_id"));
        Text(await (await ann.PostAsync($"{path}/release", Answers.Json("""{"reason":"It is settled."}"""))).JsonAsync(), "released_by").ShouldBe("ann");
        await (await ann.PostAsync($"{path}/release", Answers.Json("""{"reason":"It is settled."}"""))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "legal_hold_not_found");
        Text(await (await viewer.GetAsync(path)).JsonAsync(), "release_reason").ShouldBe("It is settled.");
    }

    [Fact]
    public async Task Hold_ThatTheTableDoesNotShowYet_IsNotAnswered()
    {
        using var ann = Connect("ann", OperatorRole.Admin);
        _projected.Hangs = true;

        await (await ann.PostAsync(Holds, Answers.Json("""{"scope":"project","reason":"A law suit."}""")))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "changed_not_read");
    }

    [Theory]
    [InlineData("""{"scope":"project","reason":" "}""", "out_of_range")]
    [InlineData("""{"scope":"project","incident_id":"INC-20260115-000001","reason":"x"}""", "not_expected")]
    [InlineData("""{"scope":"incident","reason":"x"}""", "invalid_id")]
    [InlineData("""{"scope":"incident","incident_id":"7","reason":"x"}""", "invalid_id")]
    public async Task Hold_OutOfBounds_IsRefused(string body, string code)
    {
        using var ann = Connect("ann", OperatorRole.Admin);

        await (await ann.PostAsync(Holds, Answers.Json(body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Terms_SetWithinBounds_CountAndThoseOutOfThemAreRefusedWithTheBound()
    {
        using var ann = Connect("ann", OperatorRole.Admin);

        DaysOf(await (await ann.PutAsync(Terms, Answers.Json("""{"days":{"alert_member":90}}"""))).JsonAsync(), "alert_member").ShouldBe(90);
        var refused = await ann.PutAsync(Terms, Answers.Json("""{"days":{"alert_member":401,"incidents":9}}"""));

        var errors = (await refused.JsonAsync()).GetProperty("errors").EnumerateArray().ToList();
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        errors.Select(static error => (Text(error, "field"), Text(error, "bound"))).ShouldContain(("$.days.alert_member", "7..400"));
        errors.ShouldContain(static error => Text(error, "code") == "unknown_table");
        DaysOf(await (await ann.GetAsync(Terms)).JsonAsync(), "alert_member").ShouldBe(90);
    }

    [Fact]
    public async Task Commands_OfHoldsAndRetention_DoWhatTheySay()
    {
        var placed = await RunAsync("holds", "place", "--reason", "A law suit.", "--json");
        placed.Code.ShouldBe(ExitCodes.Done, placed.Output);
        using var hold = JsonDocument.Parse(placed.Output);
        var id = Text(hold.RootElement, "hold_id")!;

        (await RunAsync("holds", "--open", "true")).Output.ShouldContain(id);
        (await RunAsync("holds", "release", id, "--reason", "Settled.")).Code.ShouldBe(ExitCodes.Done);
        (await RunAsync("holds", "release", id, "--reason", "Settled.")).Code.ShouldBe(ExitCodes.NotFound);
        (await RunAsync("db", "cut", "--before", "last year", "-m", "nothing needs them")).Code.ShouldBe(ExitCodes.Invalid);
    }

    [Fact]
    public async Task TermCommands_ShowTheTermBeforeAndAfterAndChangeItWhenTheyMay()
    {
        string[] shorter = ["retention", "set", "timeline_events", "400"];
        var looked = await RunAsync([.. shorter, "--dry-run"]);

        looked.Code.ShouldBe(ExitCodes.Done);
        looked.Output.ShouldStartWith("retention of timeline_events: 1 change\n  ~ days: 1095 -> 400\n  Rows that ended 400 to 1095 days ago go with ");
        (await ShownDaysAsync("timeline_events")).ShouldBe(1095);

        (await RunAsync([.. shorter, "--yes"])).Output.ShouldContain("retention of timeline_events: changed, version ");
        (await ShownDaysAsync("timeline_events")).ShouldBe(400);
        (await RunAsync(shorter)).ShouldBe((ExitCodes.Done, "retention of timeline_events: no changes\n", ""));
        (await RunAsync("retention", "set", "timeline_events", "4", "--yes")).Code.ShouldBe(ExitCodes.Invalid);
        (await RunAsync("retention", "set", "incidents", "400", "--yes")).Code.ShouldBe(ExitCodes.Invalid);

        var longer = await RunAsync("retention", "reset", "timeline_events", "--yes");
        longer.Output.ShouldStartWith("retention of timeline_events: 1 change\n  ~ days: 400 -> 1095\nretention of timeline_events: changed");
        (await ShownDaysAsync("timeline_events")).ShouldBe(1095);
    }

    private HttpClient Connect(string person, OperatorRole role) => _host.Connect(_host.Cluster.Issue(person, role, Project));

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static int DaysOf(JsonElement view, string table) =>
        view.GetProperty("terms").EnumerateArray().Single(term => Text(term, "table") == table).GetProperty("days").GetInt32();

    private async Task<int> ShownDaysAsync(string table)
    {
        using var shown = JsonDocument.Parse((await RunAsync("retention", "--json")).Output);
        return DaysOf(shown.RootElement, table);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        _host.RunAsync(_host.Cluster.Issue("ann", OperatorRole.Admin, Project), arguments);
}
