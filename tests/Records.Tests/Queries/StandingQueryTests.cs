using AwoooP.Journal.Migrations;
using AwoooP.Records.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>What the API reads of the agent and the policy in the story.</summary>
public sealed class StandingQueryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private const string EveryRow =
        "select to_jsonb(a)::text from awooop_agent a union all select to_jsonb(p)::text from awooop_policy p order by 1";

    private static readonly PageRequest FirstPage = new();
    private ServiceProvider _services = null!;

    private StandingQueries Standings => _services.GetRequiredService<StandingQueries>();

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        if ((await Standings.AgentsAsync("pact", new(), FirstPage, CancellationToken.None)).Items.Count == 0)
            await Projector.ApplyAsync(database.App, Story.Tell("pact").Events);
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Agent_WithASecondVersionInForce_SaysWhatThatVersionSays()
    {
        var agent = (await Standings.AgentsAsync("pact", new(), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        (agent.AgentId, agent.ContractId, agent.ContractVersion, agent.Status).ShouldBe(("planner", Story.Agent, 2, Standing.Active));
        (agent.Purpose, agent.Autonomy, agent.Description).ShouldBe(("plan", "L3", "Plans repairs."));
        agent.Limits.GetProperty("max_tokens").GetInt32().ShouldBe(30000);
        agent.Models[0].GetProperty("model").GetString().ShouldBe("m-1");
        agent.Tools[0].GetString().ShouldBe("query__prometheus");
        agent.CreatedAt.ShouldBeLessThan(agent.ActivatedAt, "the first version was in force before");
        agent.EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Policy_WithNoVersionInForce_IsInactiveAndSaysWhatTheLastOneSaid()
    {
        var policy = (await Standings.PoliciesAsync("pact", new(), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        (policy.PolicyId, policy.ContractId, policy.ContractVersion, policy.Status).ShouldBe(("no_deletes", Story.Policy, 1, Standing.Inactive));
        policy.Rules[0].GetProperty("effect").GetString().ShouldBe("deny");
        policy.ActivatedAt.ShouldBe(policy.CreatedAt);
        policy.EndedAt.ShouldBe(policy.ActivatedAt.AddSeconds(1));
    }

    [Theory]
    [InlineData(Standing.Active, 1, 0)]
    [InlineData(Standing.Inactive, 0, 1)]
    public async Task Lists_ByStatus_HoldThoseThatStandSo(Standing status, int agents, int policies)
    {
        (await Standings.AgentsAsync("pact", new(status), FirstPage, CancellationToken.None)).Items.Count.ShouldBe(agents);
        (await Standings.PoliciesAsync("pact", new(status), FirstPage, CancellationToken.None)).Items.Count.ShouldBe(policies);
    }

    [Fact]
    public async Task Lists_OfAnotherProject_AreEmpty()
    {
        (await Standings.AgentsAsync("others", new(), FirstPage, CancellationToken.None)).Items.ShouldBeEmpty();
        (await Standings.PoliciesAsync("others", new(), FirstPage, CancellationToken.None)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Migration_OfADatabaseWithContracts_KnowsTheirAgentsAndPolicies()
    {
        var runner = new MigrationRunner(database.Owner, RecordsMigrations.WithJournal);
        var projected = await database.Superuser.QueryAsync(EveryRow, reader => reader.GetString(0));

        await runner.DownAsync(179, CancellationToken.None);
        await runner.UpAsync(CancellationToken.None);

        projected.Count.ShouldBeGreaterThanOrEqualTo(2);
        (await database.Superuser.QueryAsync(EveryRow, reader => reader.GetString(0))).ShouldBe(projected);
        (await database.Superuser.QueryAsync(
            "select relforcerowsecurity from pg_class where oid = 'public.awooop_contract_version'::regclass", reader => reader.GetBoolean(0))).ShouldBe([true]);
    }
}
