using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Client.Cli;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>The ledger over HTTP and by commands as they are typed; front and record tables are real.</summary>
[Collection(StandardOutput.Name)]
public sealed class SpendTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>, IAsyncLifetime
{
    private const string Api = "/v1/platform/budget";
    private const string November = "since=2026-10-31T16:00:00Z&until=2026-11-30T16:00:00Z";

    private readonly FrontHost _host = new();
    private ApiKey _viewer = null!;

    public async Task InitializeAsync()
    {
        _host.Records = database.Endpoints.App;
        _host.Journal.Now = new DateTimeOffset(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);
        await _host.InitializeAsync();
        _viewer = _host.Cluster.Issue("vera", OperatorRole.Viewer, LedgerDatabase.Project);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("day", "2026-11-01 0.1000 1", "2026-11-02 0.2501 2")]
    [InlineData("agent", "scout 0.3500 2", "critic 0.0001 1")]
    [InlineData("model", "large 0.2500 1", "small 0.1001 2")]
    [InlineData("incident", "INC-20261101-AAAAAA 0.3500 2", "- 0.0001 1")]
    [InlineData("run", "- 0.2501 2", "01990000-0000-7000-8000-000000000001 0.1000 1")]
    public async Task Spend_ByEachKey_IsThatOfTheProjectAlone(string by, params string[] rows)
    {
        using var client = _host.Connect(_viewer);

        var report = await (await client.GetAsync($"{Api}/spend?by={by}&{November}")).JsonAsync();

        report.GetProperty("by").GetString().ShouldBe(by);
        report.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        report.GetProperty("rows").EnumerateArray()
            .Select(static row => FormattableString.Invariant(
                $"{row.GetProperty("key").GetString() ?? "-"} {row.GetProperty("cost_usd").GetDecimal():0.0000} {row.GetProperty("calls").GetInt64()}"))
            .ShouldBe(rows);
    }

    [Fact]
    public async Task Spend_WithoutATime_IsThatOfThisMonthInThePlatformsZone()
    {
        using var client = _host.Connect(_viewer);

        var report = await (await client.GetAsync($"{Api}/spend")).JsonAsync();

        report.GetProperty("by").GetString().ShouldBe("day");
        report.GetProperty("since").GetString().ShouldBe("2026-11-01T00:00:00+08:00");
        report.GetProperty("until").GetString().ShouldBe("2026-11-03T00:00:00+08:00");
        report.GetProperty("rows").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Spend_UntilATime_EndsBeforeIt()
    {
        using var client = _host.Connect(_viewer);

        var report = await (await client.GetAsync($"{Api}/spend?by=agent&since=2026-11-01T15:59:59Z&until=2026-11-01T16:00:00Z")).JsonAsync();

        report.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem().GetProperty("cost_usd").GetDecimal().ShouldBe(0.1m);
    }

    [Fact]
    public async Task Ledger_PageByPage_IsEveryCallOnceNewestFirst()
    {
        using var client = _host.Connect(_viewer);
        var (costs, cursor) = (new List<decimal>(), "");
        for (var page = 0; page < 3; page++)
        {
            var answer = await (await client.GetAsync($"{Api}/ledger?limit=1{cursor}")).JsonAsync();
            costs.AddRange(answer.GetProperty("items").EnumerateArray().Select(static row => row.GetProperty("cost_usd").GetDecimal()));
            cursor = $"&cursor={answer.GetProperty("next_cursor").GetString()}";
        }

        costs.ShouldBe([0.0001m, 0.25m, 0.1m]);
        cursor.ShouldBe("&cursor=");
    }

    [Theory]
    [InlineData("agent_id=scout", 2)]
    [InlineData("model=small", 2)]
    [InlineData("incident_id=INC-20261101-AAAAAA", 2)]
    [InlineData("run_id=01990000-0000-7000-8000-000000000001", 1)]
    [InlineData("agent_id=scout&model=small", 1)]
    [InlineData("agent_id=nobody", 0)]
    public async Task Ledger_Filtered_HoldsWhatIsAskedFor(string filter, int rows)
    {
        using var client = _host.Connect(_viewer);

        (await (await client.GetAsync($"{Api}/ledger?{filter}")).JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(rows);
    }

    [Fact]
    public async Task CommandLine_OfSpendAndLedger_ShowsTablesWithFourDecimals()
    {
        var (code, spend, _) = await RunAsync("budget", "spend", "--by", "agent", "--since", "2026-11-01T00:00:00Z", "--until", "2026-11-30T00:00:00Z");
        code.ShouldBe(ExitCodes.Done);
        var lines = spend.Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        lines[0].ShouldBe(["AGENT", "COST_USD", "PROMPT_TOKENS", "COMPLETION_TOKENS", "CALLS"]);
        lines[1].ShouldBe(["scout", "0.3500", "200", "20", "2"]);
        lines[2].ShouldBe(["critic", "0.0001", "100", "10", "1"]);

        (await RunAsync("budget", "ledger", "--agent", "critic")).Output.ShouldContain("0.0001");
        JsonDocument.Parse((await RunAsync("budget", "ledger", "--run", LedgerDatabase.Run.ToString(), "--json")).Output)
            .RootElement.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await RunAsync("budget", "spend", "--by", "week")).Code.ShouldBe(ExitCodes.Invalid);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => _host.RunAsync(_viewer, arguments);
}
