using AwoooP.Records.Reading;
using AwoooP.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>What the API reads of the calls of models in the story.</summary>
public sealed class BudgetQueryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private static readonly PageRequest FirstPage = new();
    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(1);
    private ServiceProvider _services = null!;

    private BudgetQueries Queries => _services.GetRequiredService<BudgetQueries>();

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        if ((await Queries.ListAsync("spender", new(), FirstPage, CancellationToken.None)).Items.Count == 0)
            await Projector.ApplyAsync(database.App, Story.Tell("spender").Events);
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Ledger_PageByPage_HasWhatTheProjectsAccountWasChargedNewestFirst()
    {
        var first = await Queries.ListAsync("spender", new(), new PageRequest(limit: 3), CancellationToken.None);
        var second = await Queries.ListAsync("spender", new(), new PageRequest(first.NextCursor, 3), CancellationToken.None);

        first.Items.Concat(second.Items)
            .Select(static row => FormattableString.Invariant($"{row.AgentId} {row.CostUsd:0.####} {row.PromptTokens}/{row.CompletionTokens}"))
            .ShouldBe(["planner 0.3 10/5", "critic -0.1 200/100", "critic 0.4 /", "planner 0.45 600/200"]);
        second.NextCursor.ShouldBeNull();
        var oldest = second.Items[^1];
        (oldest.RunId, oldest.IncidentId, oldest.Provider, oldest.Model).ShouldBe((Story.FirstRun, Story.Incident, "local", "small-1"));
    }

    [Fact]
    public async Task Ledger_Filtered_HasTheRowsThatFit()
    {
        (await ListAsync(new(AgentId: "critic"))).Count.ShouldBe(2);
        (await ListAsync(new(Model: "small-1"))).Count.ShouldBe(2);
        (await ListAsync(new(RunId: Story.FirstRun))).ShouldHaveSingleItem().CostUsd.ShouldBe(0.45m);
        (await ListAsync(new(IncidentId: Story.Incident))).ShouldHaveSingleItem().CostUsd.ShouldBe(0.45m);
        (await ListAsync(new(AgentId: "critic", Model: "small-1"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SpendBy.None, "- 1.05 810 305 3")]
    [InlineData(SpendBy.Day, "2026-03-01 1.05 810 305 3")]
    [InlineData(SpendBy.Agent, "planner 0.75 610 205 2; critic 0.3 200 100 1")]
    [InlineData(SpendBy.Model, "small-1 0.75 610 205 2; large-1 0.3 200 100 1")]
    [InlineData(SpendBy.Incident, "- 0.6 210 105 2; INC-20260301-AAAAAA 0.45 600 200 1")]
    [InlineData(SpendBy.Run, "- 0.6 210 105 2; 01900000-0000-7000-8000-000000000011 0.45 600 200 1")]
    public async Task Spending_ByAnything_AddsUpToWhatWasCharged(SpendBy by, string expected) =>
        string.Join("; ", await SpendAsync(new(by, From, To))).ShouldBe(expected);

    /// <summary>Midnight in Taipei is 16:00 of the day before in UTC.</summary>
    [Fact]
    public async Task Spending_ByDay_IsCutAtMidnightOfThePlatformsZone()
    {
        await using var connection = await database.App.EnterAsync("midnight");
        await connection.ExecuteAsync(
            """
            insert into budget_ledger (project_id, cost_usd, recorded_at)
            values ('midnight', 1, '2026-03-01 15:59:59.999999+00'), ('midnight', 2, '2026-03-01 16:00:00+00'), ('midnight', 4, '2026-03-03 00:00:00+08')
            """);
        await connection.ExecuteAsync("commit");

        (await SpendAsync(new(SpendBy.Day, From, From.AddDays(9)), "midnight")).Select(static row => row[..12]).ShouldBe(["2026-03-01 1", "2026-03-02 2", "2026-03-03 4"]);
        (await SpendAsync(new(SpendBy.Day, From, From.AddDays(9), Limit: 2), "midnight")).Select(static row => row[..10]).ShouldBe(["2026-03-02", "2026-03-03"], "the newest days");
    }

    [Fact]
    public async Task Spending_OfATime_HasWhatWasRecordedInIt()
    {
        (await SpendAsync(new(SpendBy.None, To, To.AddDays(1)))).ShouldBeEmpty();
        (await SpendAsync(new(SpendBy.None, From, To), "others")).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Queries.SpendAsync("spender", new(SpendBy.Day, From, To, SpendFilter.MaxLimit + 1), CancellationToken.None));
    }

    [Fact]
    public async Task Timeline_OfTheProject_TellsWhatBecameOfItsBudget()
    {
        var lines = (await _services.GetRequiredService<TimelineQueries>().ListAsync("spender", new(), new PageRequest(limit: 7), Language.English, CancellationToken.None)).Items;

        lines.Take(3).Select(static line => line.Title).ShouldBe(
        [
            "Budget raised: models are called again",
            "The project's budget for 2026-03-01 is used up (100 %)",
            "100 % of the project's budget for 2026-03-01 is spent",
        ]);
        lines[2].Description.ShouldBe("1.05 of 1 US dollars.");
        lines.Single(static line => line.IncidentId == Story.OtherIncident).Title.ShouldBe("80 % of the budget of incident INC-20260301-BBBBBB is spent");
        lines.Single(static line => line.Title == "Budget set").Description.ShouldBe("a first budget");
    }

    private async Task<IReadOnlyList<LedgerRow>> ListAsync(LedgerFilter filter) =>
        (await Queries.ListAsync("spender", filter, FirstPage, CancellationToken.None)).Items;

    private async Task<List<string>> SpendAsync(SpendFilter filter, string project = "spender") =>
    [
        .. (await Queries.SpendAsync(project, filter, CancellationToken.None))
            .Select(static row => FormattableString.Invariant($"{row.Key ?? "-"} {row.CostUsd:0.####} {row.PromptTokens} {row.CompletionTokens} {row.Calls}")),
    ];
}
