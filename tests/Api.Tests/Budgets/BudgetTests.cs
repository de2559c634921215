using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>Budgets over HTTP, as far as the front decides: shapes, bounds, versions and who may.</summary>
public sealed class BudgetTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Api = "/v1/platform/budget";
    private const string Run = "run:01990000-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset End = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Budget_OfAProject_IsItsPlanAndWhatIsSpentOfIt()
    {
        Answer("shape", View(7, spent: new Spending(4.9999m, 40), limits: new Allowance(5m, 50)));
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "shape");

        var response = await viewer.GetAsync(Api);

        response.Headers.ETag!.Tag.ShouldBe("\"7\"");
        var budget = await response.JsonAsync();
        budget.GetProperty("project_id").GetString().ShouldBe("shape");
        budget.GetProperty("is_default").GetBoolean().ShouldBeTrue();
        budget.GetProperty("kill").ValueKind.ShouldBe(JsonValueKind.Null);
        budget.GetProperty("plan").GetProperty("day").GetProperty("usd").GetDecimal().ShouldBe(5);
        budget.GetProperty("plan").GetProperty("day").GetProperty("tokens").ValueKind.ShouldBe(JsonValueKind.Null);
        var day = budget.GetProperty("periods").EnumerateArray().ShouldHaveSingleItem();
        day.GetProperty("period").GetString().ShouldBe("day");
        day.GetProperty("spent").GetProperty("usd").GetDecimal().ShouldBe(4.9999m);
        day.GetProperty("reserved").GetProperty("tokens").GetInt64().ShouldBe(3);
        // Not yet all of it, though it would be rounded to it.
        day.GetProperty("percent").GetDecimal().ShouldBe(99.9m);
        day.GetProperty("ends_at").GetString().ShouldBe("2026-12-01T00:00:00+08:00");
    }

    [Fact]
    public async Task Budget_WhoseAccountTellsNoPlan_IsAFaultAndNoPlanWithoutLimits()
    {
        Answer("planless", View(1) with { Plan = null });
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "planless");

        await (await viewer.GetAsync(Api)).ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
    }

    [Theory]
    [InlineData(1, 90, 10, 100, 90)]
    [InlineData(9, 1, 10, 100, 90)]
    [InlineData(0, 0, 0, 100, 100)]
    [InlineData(30, 0, 10, 100, 300)]
    public async Task Percent_IsThatOfTheUnitWhichIsFuller(int usd, int tokens, int mostUsd, int mostTokens, int percent)
    {
        Answer("percent", View(1, spent: new Spending(usd, tokens), limits: new Allowance(mostUsd, mostTokens)));
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "percent");

        (await (await viewer.GetAsync(Api)).JsonAsync()).GetProperty("periods")[0].GetProperty("percent").GetDecimal().ShouldBe(percent);
    }

    [Fact]
    public async Task Percent_WithoutALimit_IsNone()
    {
        Answer("unbounded", View(1, spent: new Spending(3, 4), limits: new Allowance()));
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "unbounded");

        (await (await viewer.GetAsync(Api)).JsonAsync()).GetProperty("periods")[0].GetProperty("percent").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Kill_OfAProject_IsToldWithItsEnd()
    {
        var since = End.AddHours(-3);
        Answer("killed", View(9, kill: new BudgetKill(BudgetPeriod.Month, since, End)));
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "killed");

        var kill = (await (await viewer.GetAsync(Api)).JsonAsync()).GetProperty("kill");

        kill.GetProperty("period").GetString().ShouldBe("month");
        kill.GetProperty("since").GetDateTimeOffset().ShouldBe(since);
        kill.GetProperty("until").GetDateTimeOffset().ShouldBe(End);
    }

    [Fact]
    public async Task Plan_OfAnAdmin_IsSetAsAWholeForTheVersionThatWasRead()
    {
        var grain = Answer("raised", View(3));
        var (sent, context) = ((SetBudget?)null, (CallContext?)null);
        grain.SetAsync(Arg.Any<SetBudget>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            (sent, context) = (call.Arg<SetBudget>(), CallContext.Current);
            return new CommandResult(4, "1.7.4");
        });
        using var admin = host.ConnectAs(OperatorRole.Admin, "raised");
        using var request = Put("""{"plan":{"month":{"usd":80.5,"tokens":1000000},"agents":{"scout":{"usd":0.0001}}},"reason":" Month end. "}""");
        request.Headers.Add("If-Match", "\"3\"");

        var response = await admin.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Headers.GetValues("Awooop-Position").ShouldBe(["1.7.4"]);
        sent!.Reason.ShouldBe("Month end.");
        sent.Plan.Month.ShouldBe(new Allowance(80.5m, 1_000_000));
        sent.Plan.Day.ShouldBe(new Allowance());
        sent.Plan.Agents["scout"].ShouldBe(new Allowance(0.0001m));
        (context!.ProjectId, context.Actor, context.ExpectedVersion).ShouldBe(("raised", "admin-user", 3L));
    }

    [Fact]
    public async Task Plan_SentTwiceWithOneKey_IsOneCommand()
    {
        var grain = Answer("repeated", View(1));
        var commands = new HashSet<Guid?>();
        grain.SetAsync(Arg.Any<SetBudget>(), Arg.Any<CancellationToken>()).Returns(_ =>
        {
            commands.Add(CallContext.Current!.CommandId);
            return new CommandResult(2, "1.7.2");
        });
        using var admin = host.ConnectAs(OperatorRole.Admin, "repeated");
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var request = Put("""{"plan":{},"reason":"x"}""");
            request.Headers.Add("Idempotency-Key", "once");
            (await admin.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        commands.ShouldHaveSingleItem().ShouldNotBeNull();
        using var other = Put("""{"plan":{},"reason":"y"}""");
        other.Headers.Add("Idempotency-Key", "once");
        await (await admin.SendAsync(other)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "idempotency_key_reused");
    }

    [Fact]
    public async Task Plan_ForAnotherVersion_IsStale()
    {
        var grain = Answer("stale", View(5));
        grain.SetAsync(Arg.Any<SetBudget>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(5, new Refusal(RefusalKind.Stale, "stale_version", "The version is 5.")));
        using var admin = host.ConnectAs(OperatorRole.Admin, "stale");
        using var request = Put("""{"plan":{},"reason":"x"}""");
        request.Headers.Add("If-Match", "\"4\"");

        var problem = await (await admin.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "stale_version");

        problem.GetProperty("current_version").GetInt64().ShouldBe(5);
    }

    [Theory]
    [InlineData("""{"plan":{"week":{"usd":1}},"reason":"x"}""", "$.plan.week", "unknown_field")]
    [InlineData("""{"plan":{"month":null},"reason":"x"}""", "$.plan.month", "null_value")]
    [InlineData("""{"plan":{"month":{"usd":"much"}},"reason":"x"}""", "$.plan.month.usd", "wrong_type")]
    [InlineData("""{"plan":{}}""", "$.reason", "missing_field")]
    [InlineData("""{"reason":"x"}""", "$.plan", "missing_field")]
    [InlineData("""{"plan":{},"reason":"  "}""", "$.reason", "out_of_range")]
    public async Task Plan_OfAnotherShape_IsRefusedByFieldBeforeTheAccountIsAsked(string body, string field, string code)
    {
        var grain = Answer("shapes", View(1));
        using var admin = host.ConnectAs(OperatorRole.Admin, "shapes");
        using var request = Put(body);

        var problem = await (await admin.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);

        problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().GetProperty("field").GetString().ShouldBe(field);
        await grain.DidNotReceiveWithAnyArgs().SetAsync(default!, default);
    }

    [Theory]
    [InlineData(OperatorRole.Viewer)]
    [InlineData(OperatorRole.Operator)]
    [InlineData(OperatorRole.Approver)]
    public async Task Plan_OfSomebodyElse_IsRefused(OperatorRole role)
    {
        Answer("roles", View(1));
        using var client = host.ConnectAs(role, "roles");
        using var request = Put("""{"plan":{},"reason":"x"}""");

        await (await client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        (await client.GetAsync(Api)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Account_OfARun_IsItsWholeWithoutEnd()
    {
        var whole = new PeriodView(BudgetPeriod.Whole, "", DateTimeOffset.MaxValue, new Allowance(0.5m), new Spending(0.25m, 10), default, 0);
        Answer("accounts", new BudgetView(2, null, false, null, [whole], 0), Run);
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "accounts");

        var response = await viewer.GetAsync($"{Api}/accounts/{Run}");

        response.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var account = await response.JsonAsync();
        account.GetProperty("account").GetString().ShouldBe(Run);
        account.TryGetProperty("plan", out _).ShouldBeFalse();
        var period = account.GetProperty("periods").EnumerateArray().ShouldHaveSingleItem();
        period.GetProperty("period").GetString().ShouldBe("whole");
        period.GetProperty("ends_at").ValueKind.ShouldBe(JsonValueKind.Null);
        period.GetProperty("percent").GetDecimal().ShouldBe(50);
    }

    [Theory]
    [InlineData("project")]
    [InlineData("agent:")]
    [InlineData("agent:a%20b")]
    [InlineData("agent:nobody")]
    [InlineData("run:1")]
    [InlineData("run:01990000-0000-7000-8000-00000000000A")]
    [InlineData("incident:INC-1")]
    [InlineData("team:a")]
    public async Task Account_ThatCannotBeOrWasNeverUsed_IsNotThere(string account)
    {
        Answer("missing", new BudgetView(0, null, false, null, [], 0), "agent:nobody");
        using var viewer = host.ConnectAs(OperatorRole.Viewer, "missing");

        await (await viewer.GetAsync($"{Api}/accounts/{account}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "budget_account_not_found");
    }

    [Theory]
    [InlineData("spend?by=week", "by", "unknown_value")]
    [InlineData("spend?by=none", "by", "unknown_value")]
    [InlineData("spend?since=yesterday", "since", "invalid_time")]
    [InlineData("spend?since=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z", "until", "out_of_range")]
    [InlineData("spend?since=2025-01-01T00:00:00Z&until=2026-02-05T00:00:01Z", "since", "out_of_range")]
    [InlineData("spend?since=0001-01-01T00:00:00Z", "since", "out_of_range")]
    [InlineData("ledger?run_id=1", "run_id", "invalid_id")]
    [InlineData("ledger?limit=201", "limit", "out_of_range")]
    [InlineData("ledger?cursor=x", "cursor", "invalid_cursor")]
    [InlineData("ledger?model=", "model", "out_of_range")]
    [InlineData("ledger?model=mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", "model", "out_of_range")]
    public async Task Question_OutOfBounds_IsRefusedByParameter(string question, string parameter, string code)
    {
        using var viewer = host.ConnectAs(OperatorRole.Viewer);

        var problem = await (await viewer.GetAsync($"{Api}/{question}")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);

        problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().GetProperty("field").GetString().ShouldBe(parameter);
    }

    /// <summary>Nobody listens where lists are read: what is within its bounds gets that far.</summary>
    [Theory]
    [InlineData("spend")]
    [InlineData("spend?by=run&since=2025-01-01T00:00:00Z&until=2026-02-05T00:00:00Z")]
    [InlineData("ledger?agent_id=scout&model=m&incident_id=INC-20260115-AAAAAA&run_id=01990000-0000-7000-8000-000000000001&limit=200")]
    public async Task Question_WithinBounds_IsAsked(string question)
    {
        using var viewer = host.ConnectAs(OperatorRole.Viewer);

        (await viewer.GetAsync($"{Api}/{question}")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private IBudgetGrain Answer(string project, BudgetView view, string account = BudgetAccount.Project)
    {
        var grain = Substitute.For<IBudgetGrain>();
        grain.GetAsync(Arg.Any<CancellationToken>()).Returns(view);
        host.Cluster.Put($"{project}/{account}", grain);
        return grain;
    }

    private static BudgetView View(long version, Spending spent = default, Allowance? limits = null, BudgetKill? kill = null) => new(
        version,
        new BudgetPlan { Day = new Allowance(5m) },
        true,
        kill,
        [new PeriodView(BudgetPeriod.Day, "2026-11-30", End, limits ?? new Allowance(5m), spent, new Spending(0.5m, 3), 0)],
        1);

    private static HttpRequestMessage Put(string body) => new(HttpMethod.Put, Api) { Content = Answers.Json(body) };
}
