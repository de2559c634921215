using AwoooP.Audit;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Models;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Grains.Tests.Models;

/// <summary>Every way in which a call of a model can go, and what each leaves in the accounts.</summary>
public sealed class ModelGatewayTests
{
    private static readonly string OfRun = BudgetAccount.OfRun(ModelDesk.Run);
    private static readonly string OfIncident = BudgetAccount.OfIncident(ModelDesk.Incident);
    private static readonly string OfAgent = BudgetAccount.OfAgent(ModelDesk.Agent);

    private readonly ModelDesk _desk = new();

    private string[] Reserved => [$"reserve {OfRun}", $"reserve {OfIncident}", $"reserve {OfAgent}", "reserve project"];

    [Fact]
    public async Task Ask_WhenAnswered_ReservesTheMostAndSettlesWhatWasTold()
    {
        var reply = (await AskAsync()).ShouldBeOfType<ModelReply.Answered>();

        reply.ShouldBe(new ModelReply.Answered("yes", new ModelUsage(100, 20, 0.14m)));
        _desk.Told.ShouldBe([.. Reserved, "settle project"]);
        var reservations = _desk.Commands.Select(static told => told.Command).OfType<ReserveSpending>().ToList();
        reservations.ShouldAllBe(reservation => reservation.Estimate == new Spending(0.12m, 70) && reservation.Deadline == _desk.Envelope.Deadline);
        reservations.Select(static reservation => reservation.Limits).ShouldBe([_desk.Plan.Run, _desk.Plan.Incident, _desk.Plan.AgentMonth, null]);
        var settled = (SettleSpending)_desk.Commands[^1].Command;
        (settled.Actual, settled.PromptTokens, settled.CompletionTokens).ShouldBe((new Spending(0.14m, 120), 100, 20));
        settled.Call.ShouldBe(new ModelCall(ModelDesk.Agent, "local", "small", ModelDesk.Run, ModelDesk.Incident));
        _desk.Commands.ShouldAllBe(static told => told.Call.ProjectId == ModelDesk.Project && told.Call.Actor == "agent:triage" && told.Call.TraceId != null);
        _desk.Commands.Select(static told => told.Call.CommandId).ShouldBeUnique();
        _desk.Calls.Projects.ShouldBeEmpty();
    }

    /// <summary>The money is gone and the answer is there: the run's cap stops the next call, and not the run that has no other.</summary>
    [Fact]
    public async Task Ask_WhenTheAnswerHasCostMoreThanTheRunMay_GivesItAllTheSame()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Answered("yes", 100, 250));

        (await AskAsync()).ShouldBe(new ModelReply.Answered("yes", new ModelUsage(100, 250, 0.6m)));

        Settled.ShouldBe(new Spending(0.6m, 350));
        Settled.Usd.ShouldBeGreaterThan(_desk.Plan.Run.Usd!.Value);
    }

    [Fact]
    public async Task Ask_OutsideOfARun_TouchesTheAgentAndTheProjectAlone()
    {
        await _desk.Gateway.AskAsync(_desk.Envelope with { RunId = null, IncidentId = null }, default);

        _desk.Told.ShouldBe([$"reserve {OfAgent}", "reserve project", "settle project"]);
    }

    [Fact]
    public async Task Ask_WhenAnAccountRefuses_GivesTheEarlierOnesBackAndSendsNothing()
    {
        _desk.Refusing[OfAgent] = BudgetRefusals.DoesNotFit;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-001"));

        _desk.Told.Take(3).ShouldBe(Reserved.Take(3));
        _desk.Told.Skip(3).ShouldBe([$"release {OfRun}", $"release {OfIncident}"], ignoreOrder: true);
        _desk.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("E-BUDGET-001")]
    [InlineData("E-BUDGET-003")]
    public async Task Ask_WhenTheProjectRefuses_GivesAllOthersBack(string code)
    {
        _desk.Refusing[BudgetAccount.Project] = code;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered(code));

        _desk.Told.Skip(4).ShouldBe([$"release {OfRun}", $"release {OfIncident}", $"release {OfAgent}"], ignoreOrder: true);
        _desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhileTheBudgetIsUsedUp_TouchesNoAccount()
    {
        _desk.IsUsedUp = true;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003"));

        _desk.Told.ShouldBeEmpty();
    }

    public static TheoryData<string, Func<PlatformEnvelope, PlatformEnvelope>> Unmade => new()
    {
        { "model_not_configured", static envelope => envelope with { Provider = "elsewhere" } },
        { "model_price_unknown", static envelope => envelope with { Model = "new" } },
        { "model_cost_over_limit", static envelope => envelope with { MaxCostUsd = 0.1199m } },
        { "timed_out", static envelope => envelope with { Deadline = envelope.Deadline.AddSeconds(-30) } },
    };

    [Theory]
    [MemberData(nameof(Unmade))]
    public async Task Ask_WhatMayNotBeAsked_IsNeitherReservedNorSent(string code, Func<PlatformEnvelope, PlatformEnvelope> change)
    {
        (await _desk.Gateway.AskAsync(change(_desk.Envelope), default)).ShouldBe(new ModelReply.Unanswered(code));

        _desk.Told.ShouldBeEmpty();
        _desk.Sent.ShouldBeEmpty();
        // Whose time is over was not refused.
        string[] told = code == "timed_out" ? [] : [code];
        _desk.Denied.Select(static denied => denied.Act.Code).ShouldBe(told);
    }

    [Fact]
    public async Task Ask_WhenTheBudgetRefuses_IsADeniedActOfTheAgent()
    {
        _desk.Refusing[BudgetAccount.Project] = BudgetRefusals.DoesNotFit;

        await AskAsync();

        var (caller, act) = _desk.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor, caller.TraceId).ShouldBe((ModelDesk.Project, "agent:triage", _desk.Envelope.TraceId));
        (act.Operation, act.Code, act.Reason).ShouldBe(("CallModel", "E-BUDGET-001", "403 E-BUDGET-001"));
        act.Target.ShouldBe($"model=local/small run_id={ModelDesk.Run} incident_id={ModelDesk.Incident}");
    }

    /// <summary>The trail is as slow as the accounts may be: the refusal is answered in the call's time, or when its caller gives up.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_RefusedWhileTheTrailIsSlow_IsAnsweredByTheDeadlineAndPutOnRecordBehindTheAnswer(bool isCancelled)
    {
        _desk.Writing = new TaskCompletionSource().Task;
        using var caller = new CancellationTokenSource();
        var asking = _desk.Gateway.AskAsync(_desk.Envelope with { Provider = "elsewhere", Deadline = _desk.Now.AddSeconds(1) }, caller.Token);
        asking.IsCompleted.ShouldBeFalse("there is time to put it on record");

        if (isCancelled)
            await caller.CancelAsync();
        else
            _desk.Clock.Advance(TimeSpan.FromSeconds(1));

        // Ends a test that hangs; it does not depend on it.
        (await asking.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(new ModelReply.Unanswered("model_not_configured"));
        _desk.Denied.ShouldHaveSingleItem().Act.Code.ShouldBe("model_not_configured");
        // Nobody's patience ends the writing itself.
        await _desk.Trail.Received(1).DenyAsync(Arg.Any<DenyAct>(), CancellationToken.None);
    }

    [Fact]
    public async Task Ask_RefusedAgainAndAgain_IsToldAsFarAsTheBoundAndThenCounted()
    {
        _desk.IsUsedUp = true;
        for (var time = 0; time < DenialBudget.Told + 4; time++)
            await AskAsync();

        _desk.Denied.Count.ShouldBe(DenialBudget.Told);
        await _desk.Sink.FlushAsync();
        await _desk.Trail.Received(1).CountAsync(Arg.Is<CountDenials>(static counted => counted.Count == 4), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Ask_WhenAnswered_IsRefusedNothing()
    {
        await AskAsync();

        _desk.Denied.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenNoUsageIsTold_ChargesTheEstimate()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Answered("yes", 100, null));

        (await AskAsync()).ShouldBe(new ModelReply.Answered("yes", ModelDesk.AtMost));

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenTheProviderRefuses_GivesTheProjectsReservationBack()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_401", MayCost: false));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_401"));

        _desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    [Fact]
    public async Task Ask_WhenTheAnswerIsLost_ChargesTheEstimate()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("connection_broken", MayCost: true));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("connection_broken", ModelDesk.AtMost));

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenTheProviderBreaks_ChargesTheEstimateAndThrows()
    {
        _desk.Answer = static (_, _) => throw new InvalidOperationException("A bug.");

        await Should.ThrowAsync<InvalidOperationException>(AskAsync);

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenCancelledInFlight_ChargesTheEstimateAndThrows()
    {
        using var cancel = new CancellationTokenSource();
        Hold();
        var asking = _desk.Gateway.AskAsync(_desk.Envelope, cancel.Token);
        await Eventually.BecomesTrueAsync(() => !_desk.Sent.IsEmpty, "the call was sent");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        Settled.ShouldBe(new Spending(0.12m, 70));
        _desk.Calls.Projects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheBudgetIsUsedUpInFlight_IsCutAndChargedAsEstimated()
    {
        Hold();
        var asking = AskAsync();
        await Eventually.BecomesTrueAsync(() => !_desk.Sent.IsEmpty, "the call was sent");

        (await _desk.Calls.KillAsync("another")).ShouldBe(0);
        (await _desk.Calls.KillAsync(ModelDesk.Project)).ShouldBe(1);

        (await asking).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003", ModelDesk.AtMost));
        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    /// <summary>The kill comes when the call has its money and has not been sent.</summary>
    [Fact]
    public async Task Ask_WhenTheBudgetIsUsedUpBehindTheReservation_IsNotSent()
    {
        _desk.Meet = async told =>
        {
            if (told is { Account: BudgetAccount.Project, Verb: "reserve" })
                (await _desk.Calls.KillAsync(ModelDesk.Project)).ShouldBe(1);
        };

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003"));

        _desk.Told.ShouldBe([.. Reserved, "release project"]);
        _desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_PastItsDeadline_IsGivenUpAndChargedAsEstimated()
    {
        Hold();
        var asking = AskAsync();
        await Eventually.BecomesTrueAsync(() => !_desk.Sent.IsEmpty, "the call was sent");

        _desk.Clock.Advance(TimeSpan.FromSeconds(30));

        (await asking).ShouldBe(new ModelReply.Unanswered("timed_out", ModelDesk.AtMost));
        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    /// <summary>Whether the account carried the command out is not known, so it must see that it is the same one.</summary>
    [Fact]
    public async Task Ask_WhenAnAccountDoesNotAnswer_RepeatsTheCommandWithItsId()
    {
        var met = new List<ToldAccount>();
        _desk.Meet = told =>
        {
            if (told.Verb is not ("settle" or "reserve") || told.Account != BudgetAccount.Project)
                return Task.CompletedTask;
            met.Add(told);
            return met.Count % 2 == 1 ? throw new CommandOutcomeUnknownException("The connection broke.") : Task.CompletedTask;
        };

        (await _desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(50))).ShouldBeOfType<ModelReply.Answered>();

        met.Select(static told => told.Verb).ShouldBe(["reserve", "reserve", "settle", "settle"]);
        met[0].Call.CommandId.ShouldBe(met[1].Call.CommandId);
        met[2].Call.CommandId.ShouldBe(met[3].Call.CommandId);
        met[0].Call.CommandId.ShouldNotBe(met[2].Call.CommandId);
    }

    [Fact]
    public async Task Ask_WhenAnAccountStaysAway_SendsNothingAndGivesBackWhatItMayHaveTaken()
    {
        _desk.Meet = told => told is { Verb: "reserve" } && told.Account == OfAgent ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;

        (await _desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(100))).ShouldBe(new ModelReply.Unanswered("budget_unavailable"));

        _desk.Told.Skip(2).ShouldBe([$"release {OfRun}", $"release {OfIncident}", $"release {OfAgent}"], ignoreOrder: true);
        _desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheProjectCannotBeToldTheEnd_StillAnswers()
    {
        _desk.Meet = static told => told.Verb == "settle" ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;

        (await _desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(500))).ShouldBeOfType<ModelReply.Answered>();
    }

    [Fact]
    public async Task Ask_WithASecretInThePayload_SendsItRedacted()
    {
        await _desk.Gateway.AskAsync(_desk.Envelope with { Payload = [new ModelMessage(ModelRole.User, "Mail ann@shop.example about password: hunter2hunter2")] }, default);

        var sent = _desk.Sent.ShouldHaveSingleItem();
        sent.Payload[0].Text.ShouldNotContain("ann@shop.example");
        sent.Payload[0].Text.ShouldNotContain("hunter2");
        sent.RedactionVersion.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WhenTheProviderSaysWhenToComeAgain_ComesAgainUnderOneReservation()
    {
        _desk.Answer = (_, _) => Task.FromResult<ProviderReply>(_desk.Sent.Count < 3
            ? new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.FromSeconds(4))
            : new ProviderReply.Answered("yes", 1, 1));

        (await _desk.PassTimeAsync(AskAsync(), TimeSpan.FromSeconds(1))).ShouldBeOfType<ModelReply.Answered>();

        _desk.Sent.Count.ShouldBe(3);
        _desk.Told.ShouldBe([.. Reserved, "settle project"]);
    }

    [Fact]
    public async Task Ask_WhenTheProviderIsBusyForLongerThanTheCallMayTake_GivesUpAtOnce()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.FromSeconds(30)));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_429"));

        _desk.Sent.Count.ShouldBe(1);
        _desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    [Fact]
    public async Task Ask_WhenTheProviderIsBusyForEver_GivesUpAtOnceAndPaysNothing()
    {
        _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.MaxValue));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_429"));

        _desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    private Spending Settled => ((SettleSpending)_desk.Commands.Single(static told => told.Verb == "settle").Command).Actual;

    private Task<ModelReply> AskAsync() => _desk.Gateway.AskAsync(_desk.Envelope, default);

    private void Hold() => _desk.Answer = static async (_, token) =>
    {
        var gone = new TaskCompletionSource<ProviderReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (token.Register(() => gone.TrySetCanceled(token)))
            return await gone.Task;
    };
}
