using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Models;
using AwoooP.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Grains.Tests.Models;

/// <summary>A model step on the terms of its agent's contract, over a gateway that answers from a script.</summary>
public sealed class ModelStepTests : IModelGateway
{
    private const string Terms =
        """
        {
          "schema_version": "v1", "description": "Finds causes.", "purpose": "diagnose", "autonomy": "L2", "tools": [],
          "models": [{ "provider": "elsewhere", "model": "big" }, { "provider": "local", "model": "new" }, { "provider": "local", "model": "small" }],
          "limits": { "max_tokens": 50, "max_cost_usd": 0.5, "timeout_seconds": 20 },
          "answer_schema": { "type": "object", "additionalProperties": false, "required": ["cause"], "properties": { "cause": { "type": "string" } } }
        }
        """;

    private static readonly StepContext Context = new(
        ModelDesk.Project, ModelDesk.Run, Guid.Parse("01990000-0000-7000-8000-000000000009"), "4bf92f3577b34da6a3ce929d0e0e4736", TimeSpan.FromSeconds(60), ModelDesk.Incident);

    private readonly ModelDesk _desk = new();
    private readonly IContractGrain _contract = Substitute.For<IContractGrain>();
    private readonly List<PlatformEnvelope> _asked = [];
    private readonly Queue<ModelReply> _replies = new();
    private readonly ModelStepExecutor _executor;

    public ModelStepTests()
    {
        InForce(Terms);
        _desk.Grains.GetGrain<IContractGrain>(Arg.Is($"{ModelDesk.Project}/agent/triage"), Arg.Any<string?>()).Returns(_contract);
        _executor = new ModelStepExecutor(this, _desk.Grains, _desk.Refused, _desk, NullLogger<ModelStepExecutor>.Instance);
    }

    public bool HasProviders { get; private set; } = true;

    public Task<ModelReply> AskAsync(PlatformEnvelope envelope, CancellationToken cancellationToken)
    {
        _asked.Add(envelope);
        return Task.FromResult(_replies.Dequeue());
    }

    public string? FindObstacle(string provider, string model) => _desk.Gateway.FindObstacle(provider, model);

    public ModelUsage? FindEstimate(PlatformEnvelope envelope) => _desk.Gateway.FindEstimate(envelope);

    [Fact]
    public async Task Execute_WhenTheAnswerFits_GivesItWithWhatItCost()
    {
        Answers("""{"cause":"disk"}""");

        var output = await OutputAsync();

        output.GetRawText().ShouldBe(
            """{"agent":"triage","agent_version":3,"provider":"local","model":"small","prompt_tokens":100,"completion_tokens":20,"cost_usd":0.14,"degraded":false,"answer":{"cause":"disk"}}""");
        var envelope = _asked.ShouldHaveSingleItem();
        (envelope.ProjectId, envelope.RunId, envelope.IncidentId, envelope.TraceId).ShouldBe((ModelDesk.Project, ModelDesk.Run, ModelDesk.Incident, Context.TraceId));
        (envelope.AgentId, envelope.Purpose, envelope.Provider, envelope.Model).ShouldBe(("triage", "diagnose", "local", "small"));
        (envelope.MaxTokens, envelope.MaxCostUsd, envelope.Deadline).ShouldBe((50, 0.5m, _desk.Now.AddSeconds(20)));
        envelope.Payload.Select(static message => message.Role).ShouldBe([ModelRole.System, ModelRole.User]);
        envelope.Payload[0].Text.ShouldContain("\"required\"");
        envelope.Payload[1].Text.ShouldBe("Why is it down?");
    }

    [Fact]
    public async Task Execute_WhenAnAnswerDoesNotFit_TellsWhyAndAddsUpWhatBothCost()
    {
        Answers("""{"reason":"disk"}""", """{"cause":"disk"}""");

        var output = await OutputAsync();

        output.GetProperty("degraded").GetBoolean().ShouldBeFalse();
        output.GetProperty("cost_usd").GetDecimal().ShouldBe(0.28m);
        output.GetProperty("prompt_tokens").GetInt32().ShouldBe(200);
        _asked[1].Payload[1].Text.ShouldStartWith("Why is it down?\n\nYour last answer was not taken:\n- $");
        _asked[1].Payload[1].Text.ShouldContain("$.cause");
    }

    [Fact]
    public async Task Execute_WhenNoAnswerFits_AnswersByRulesAfterFour()
    {
        Answers("no", "no", "no", "no", """{"cause":"never asked for"}""");

        var output = await OutputAsync();

        output.GetProperty("degraded").GetBoolean().ShouldBeTrue();
        output.GetProperty("error_code").GetString().ShouldBe("E-SCHEMA-001");
        output.GetProperty("answer").GetProperty("cause").GetString().ShouldBe("unknown");
        output.GetProperty("cost_usd").GetDecimal().ShouldBe(0.56m);
        _asked.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("E-BUDGET-001")]
    [InlineData("budget_unavailable")]
    [InlineData("too_many_reservations")]
    [InlineData("http_503")]
    [InlineData("timed_out")]
    public async Task Execute_WhenNobodyAnswers_AnswersByRulesAndSaysWhy(string code)
    {
        _replies.Enqueue(new ModelReply.Unanswered(code, ModelDesk.AtMost));

        var output = await OutputAsync();

        output.GetProperty("error_code").GetString().ShouldBe(code);
        output.GetProperty("answer").GetProperty("cause").GetString().ShouldBe("unknown");
        output.GetProperty("cost_usd").GetDecimal().ShouldBe(0.12m);
        _asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("E-BUDGET-002")]
    [InlineData("E-BUDGET-003")]
    [InlineData("model_cost_over_limit")]
    public async Task Execute_WhenTheRunMustStop_FailsWithTheCode(string code)
    {
        Answers("no");
        _replies.Enqueue(new ModelReply.Unanswered(code));

        (await _executor.ExecuteAsync(Plans.Model(), Context, default)).ShouldBe(StepOutcome.Failure(code));
    }

    [Fact]
    public async Task Deadline_OfAShortStep_LeavesTimeForTheAnswerByRules()
    {
        Answers("""{"cause":"disk"}""");

        await _executor.ExecuteAsync(Plans.Model(), Context with { Timeout = TimeSpan.FromSeconds(10) }, default);

        _asked.Single().Deadline.ShouldBe(_desk.Now.AddSeconds(9));
    }

    /// <summary>Where the accounts do not answer at all, the answer by rules is still there before the step's time-out.</summary>
    [Fact]
    public async Task Execute_OfAShortStep_WhileTheAccountsHang_AnswersByRulesInTime()
    {
        InForce(Terms.Replace("0.25", "1", StringComparison.Ordinal));
        var never = new TaskCompletionSource();
        _desk.Meet = _ => never.Task;
        var executor = new ModelStepExecutor(_desk.Gateway, _desk.Grains, _desk.Refused, _desk, NullLogger<ModelStepExecutor>.Instance);
        var executing = executor.ExecuteAsync(Plans.Model(), Context with { Timeout = TimeSpan.FromSeconds(10) }, default);

        _desk.Clock.Advance(TimeSpan.FromSeconds(9));
        // Ends a test that hangs; it does not depend on it.
        var outcome = await executing.WaitAsync(TimeSpan.FromMinutes(1));

        outcome.Succeeded.ShouldBeTrue(outcome.ErrorCode);
        var output = JsonElement.Parse(outcome.Output!);
        output.GetProperty("error_code").GetString().ShouldBe("budget_unavailable");
        output.GetProperty("answer").GetProperty("cause").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task DryRun_OfWhatCouldBeAsked_SucceedsAndAsksNobody()
    {
        (await DryRunAsync()).ShouldBe(StepOutcome.Success());

        _asked.ShouldBeEmpty();
        _desk.Told.ShouldBeEmpty();
    }

    /// <summary>The first question has 280 tokens at most and 50 of the answer, at 1,000 and 2,000 dollars a million: 0.38 dollars.</summary>
    [Theory]
    [InlineData("0.38", null)]
    [InlineData("0.3799", "model_cost_over_limit_0.38_of_0.3799")]
    public async Task DryRun_OfACallThatMayCostMoreThanTheContractAllows_FailsWithBothFigures(string maxCostUsd, string? code)
    {
        // The text of the schema is a part of the question: nothing else of the contract may change.
        InForce(Terms.Replace("\"max_cost_usd\": 0.5", $"\"max_cost_usd\": {maxCostUsd}", StringComparison.Ordinal));

        (await DryRunAsync()).ErrorCode.ShouldBe(code);
        _desk.Told.ShouldBeEmpty();
    }

    public static TheoryData<Allowance, Allowance, string?> RunLimits => new()
    {
        { new(0.38m, 330), new(0.38m, 330), null },
        { new(), new(), null },
        { new(0.3799m), new(2m), "model_cost_over_run_limit_0.38_of_0.3799" },
        { new(0.37m), new(0.2m), "model_cost_over_run_limit_0.38_of_0.2" },
        { new(), new(0.2m), "model_cost_over_run_limit_0.38_of_0.2" },
        { new(1m, 329), new(), "model_tokens_over_run_limit_330_of_329" },
    };

    [Theory]
    [MemberData(nameof(RunLimits))]
    public async Task DryRun_OfACallThatFitsIntoNoRun_FailsWithBothFigures(Allowance run, Allowance incident, string? code)
    {
        _desk.Plan = _desk.Plan with { Run = run, Incident = incident };

        (await DryRunAsync()).ErrorCode.ShouldBe(code);
    }

    [Fact]
    public async Task DryRun_OfARunWithoutAnIncident_IsNotBoundByWhatIncidentsMayCost()
    {
        _desk.Plan = _desk.Plan with { Incident = new Allowance(0) };

        (await _executor.DryRunAsync(Plans.Model(), Context with { IncidentId = null }, default)).ShouldBe(StepOutcome.Success());
    }

    [Fact]
    public async Task DryRun_WhileTheBudgetIsUsedUp_FailsWithItsCode()
    {
        _desk.IsUsedUp = true;

        (await DryRunAsync()).ErrorCode.ShouldBe("E-BUDGET-003");
    }

    [Fact]
    public async Task DryRun_OfAnAnswerByRulesThatDoesNotFit_Fails() =>
        (await _executor.DryRunAsync(Plans.Model() with { Fallback = JsonElement.Parse("""{"cause":7}""") }, Context, default)).ErrorCode.ShouldBe("fallback_invalid");

    [Theory]
    [InlineData("""[{ "provider": "elsewhere", "model": "big" }]""", "model_not_configured")]
    [InlineData("""[{ "provider": "local", "model": "new" }, { "provider": "elsewhere", "model": "big" }]""", "model_price_unknown")]
    public async Task DryRun_WithoutAModelThatCanBeAsked_SaysWhy(string models, string code)
    {
        var terms = JsonNode.Parse(Terms)!;
        terms["models"] = JsonNode.Parse(models);
        InForce(terms.ToJsonString());

        (await DryRunAsync()).ErrorCode.ShouldBe(code);
    }

    [Fact]
    public async Task DryRun_OfAnAgentWithoutModels_Fails()
    {
        var terms = JsonNode.Parse(Terms)!.AsObject();
        terms.Remove("models");
        InForce(terms.ToJsonString());

        (await DryRunAsync()).ErrorCode.ShouldBe("agent_without_models");
    }

    [Fact]
    public async Task DryRun_WithoutAContractInForce_FailsWithItsCode()
    {
        _contract.GetActiveAsync(default).ReturnsForAnyArgs(new ActiveContractAnswer(null, new Refusal(RefusalKind.Conflict, "contract_not_active", "No version is in force.")));

        (await DryRunAsync()).ErrorCode.ShouldBe("contract_not_active");
        _desk.Denied.ShouldBeEmpty("a dry run asks nothing");

        (await _executor.ExecuteAsync(Plans.Model(), Context, default)).ErrorCode.ShouldBe("contract_not_active");
        var (caller, act) = _desk.Denied.ShouldHaveSingleItem();
        (caller.Actor, act.Operation, act.Code).ShouldBe(("agent:triage", "CallModel", "contract_not_active"));
        act.Target.ShouldBe($"agent=triage run_id={ModelDesk.Run} incident_id={ModelDesk.Incident}");
    }

    [Fact]
    public void Obstacle_WithoutAnyProvider_IsToldBeforePeopleSign()
    {
        _executor.FindObstacle(Plans.Model()).ShouldBeNull();

        HasProviders = false;

        _executor.FindObstacle(Plans.Model()).ShouldBe(new StepObstacle("model_not_configured", "agent"));
    }

    private Task<StepOutcome> DryRunAsync() => _executor.DryRunAsync(Plans.Model(), Context, default);

    private async Task<JsonElement> OutputAsync()
    {
        var outcome = await _executor.ExecuteAsync(Plans.Model(), Context, default);
        outcome.Succeeded.ShouldBeTrue(outcome.ErrorCode);
        return JsonElement.Parse(outcome.Output!);
    }

    private void Answers(params string[] texts)
    {
        foreach (var text in texts)
            _replies.Enqueue(new ModelReply.Answered(text, new ModelUsage(100, 20, 0.14m)));
    }

    private void InForce(string terms) => _contract.GetActiveAsync(default)
        .ReturnsForAnyArgs(new ActiveContractAnswer(new ActiveContract(ContractKind.Agent, "triage", 3, terms, "sha"), null));
}
