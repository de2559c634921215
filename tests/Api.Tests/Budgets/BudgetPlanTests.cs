using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Budgets;
using AwoooP.Operators;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>Plans over HTTP; the front, the accounts and the journal are real.</summary>
public sealed class BudgetPlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Api = "/v1/platform/budget";

    private readonly FrontHost _host = new();
    private RealGrains _grains = null!;

    public async Task InitializeAsync()
    {
        _grains = await RealGrains.StartAsync(postgres.Endpoints);
        await _host.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
    }

    [Fact]
    public async Task Plan_ThatNobodySet_IsTheInstallationsUntilAnAdminSetsOne()
    {
        using var admin = Connect("fresh");

        var before = await admin.GetAsync(Api);
        var tag = before.Headers.ETag!.Tag;
        var budget = await before.JsonAsync();
        budget.GetProperty("is_default").GetBoolean().ShouldBeTrue();
        budget.GetProperty("plan").GetProperty("month").GetProperty("usd").GetDecimal().ShouldBe(50);
        budget.GetProperty("periods").EnumerateArray().Select(static period => period.GetProperty("period").GetString()).ShouldBe(["day", "month"], ignoreOrder: true);

        var set = await SetAsync(admin, """{"plan":{"month":{"usd":80.5},"day":{"tokens":1000},"agents":{"scout":{"usd":1}}},"reason":"Month end"}""", tag);
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
        var changed = await set.JsonAsync();
        changed.GetProperty("is_default").GetBoolean().ShouldBeFalse();
        changed.GetProperty("plan").GetProperty("month").GetProperty("usd").GetDecimal().ShouldBe(80.5m);
        changed.GetProperty("plan").GetProperty("run").GetProperty("usd").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("plan").GetProperty("agents").GetProperty("scout").GetProperty("usd").GetDecimal().ShouldBe(1);
        set.Headers.ETag!.Tag.ShouldNotBe(tag);

        // Whoever decided on what was there before is told that it is not any more.
        await (await SetAsync(admin, """{"plan":{},"reason":"Late"}""", tag)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "stale_version");
        (await (await admin.GetAsync(Api)).JsonAsync()).GetProperty("plan").GetProperty("month").GetProperty("usd").GetDecimal().ShouldBe(80.5m);
    }

    [Theory]
    [InlineData("""{"month":{"usd":-0.01}}""", "$.plan.month.usd", "0..999999.9999")]
    [InlineData("""{"day":{"usd":1000000}}""", "$.plan.day.usd", "0..999999.9999")]
    [InlineData("""{"run":{"usd":0.00001}}""", "$.plan.run.usd", "0..999999.9999")]
    [InlineData("""{"incident":{"tokens":1000000000001}}""", "$.plan.incident.tokens", "0..1000000000000")]
    [InlineData("""{"agent_month":{"tokens":-1}}""", "$.plan.agent_month.tokens", "0..1000000000000")]
    [InlineData("""{"agents":{"scout":{"usd":-1}}}""", "$.plan.agents.scout.usd", "0..999999.9999")]
    [InlineData("""{"agents":{"a b":{}}}""", "$.plan.agents", "1..64")]
    public async Task Plan_OutOfBounds_IsRefusedByFieldAndBound(string plan, string field, string bound)
    {
        using var admin = Connect("bounds");

        var response = await SetAsync(admin, $"{{\"plan\":{plan},\"reason\":\"x\"}}", tag: null);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("field").GetString().ShouldBe(field);
        error.GetProperty("bound").GetString().ShouldBe(bound);
    }

    [Fact]
    public async Task Plan_OfTooManyAgents_IsRefusedAsAWhole()
    {
        using var admin = Connect("many");
        var agents = string.Join(',', Enumerable.Range(0, 101).Select(static number => $"\"a{number}\":{{\"usd\":1}}"));

        var response = await SetAsync(admin, $"{{\"plan\":{{\"agents\":{{{agents}}}}},\"reason\":\"x\"}}", tag: null);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.JsonAsync()).GetProperty("errors")[0].GetProperty("bound").GetString().ShouldBe("0..100");
        (await (await admin.GetAsync(Api)).JsonAsync()).GetProperty("is_default").GetBoolean().ShouldBeTrue();
    }

    private HttpClient Connect(string project)
    {
        var key = $"{project}/{BudgetAccount.Project}";
        _host.Cluster.Put(key, _grains.Get<IBudgetGrain>(key));
        return _host.ConnectAs(OperatorRole.Admin, project);
    }

    private static Task<HttpResponseMessage> SetAsync(HttpClient client, string body, string? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Api) { Content = Answers.Json(body) };
        if (tag is not null)
            request.Headers.Add("If-Match", tag);
        return client.SendAsync(request);
    }
}
