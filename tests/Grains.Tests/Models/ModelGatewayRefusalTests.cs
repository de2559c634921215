using AwoooP.Audit;
using AwoooP.Budgets;
using AwoooP.Models;
using NSubstitute;

namespace AwoooP.Grains.Tests.Models;

/// <summary>Calls of a model that are not made: what is given back, and what goes on record.</summary>
public sealed class ModelGatewayRefusalTests : ModelGatewayStory
{
    [Fact]
    public async Task Ask_WhenAnAccountRefuses_GivesTheEarlierOnesBackAndSendsNothing()
    {
        Desk.Refusing[OfAgent] = BudgetRefusals.DoesNotFit;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-001"));

        Desk.Told.Take(3).ShouldBe(Reserved.Take(3));
        Desk.Told.Skip(3).ShouldBe([$"release {OfRun}", $"release {OfIncident}"], ignoreOrder: true);
        Desk.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("E-BUDGET-001")]
    [InlineData("E-BUDGET-003")]
    public async Task Ask_WhenTheProjectRefuses_GivesAllOthersBack(string code)
    {
        Desk.Refusing[BudgetAccount.Project] = code;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered(code));

        Desk.Told.Skip(4).ShouldBe([$"release {OfRun}", $"release {OfIncident}", $"release {OfAgent}"], ignoreOrder: true);
        Desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhileTheBudgetIsUsedUp_TouchesNoAccount()
    {
        Desk.IsUsedUp = true;

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003"));

        Desk.Told.ShouldBeEmpty();
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
        (await Desk.Gateway.AskAsync(change(Desk.Envelope), default)).ShouldBe(new ModelReply.Unanswered(code));

        Desk.Told.ShouldBeEmpty();
        Desk.Sent.ShouldBeEmpty();
        // Whose time is over was not refused.
        string[] told = code == "timed_out" ? [] : [code];
        Desk.Denied.Select(static denied => denied.Act.Code).ShouldBe(told);
    }

    [Fact]
    public async Task Ask_WhenTheBudgetRefuses_IsADeniedActOfTheAgent()
    {
        Desk.Refusing[BudgetAccount.Project] = BudgetRefusals.DoesNotFit;

        await AskAsync();

        var (caller, act) = Desk.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor, caller.TraceId).ShouldBe((ModelDesk.Project, "agent:triage", Desk.Envelope.TraceId));
        (act.Operation, act.Code, act.Reason).ShouldBe(("CallModel", "E-BUDGET-001", "403 E-BUDGET-001"));
        act.Target.ShouldBe($"model=local/small run_id={ModelDesk.Run} incident_id={ModelDesk.Incident}");
    }

    /// <summary>The trail is as slow as the accounts may be: the refusal is answered in the call's time, or when its caller gives up.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_RefusedWhileTheTrailIsSlow_IsAnsweredByTheDeadlineAndPutOnRecordBehindTheAnswer(bool isCancelled)
    {
        Desk.Writing = new TaskCompletionSource().Task;
        using var caller = new CancellationTokenSource();
        var asking = Desk.Gateway.AskAsync(Desk.Envelope with { Provider = "elsewhere", Deadline = Desk.Now.AddSeconds(1) }, caller.Token);
        asking.IsCompleted.ShouldBeFalse("there is time to put it on record");

        if (isCancelled)
            await caller.CancelAsync();
        else
            Desk.Clock.Advance(TimeSpan.FromSeconds(1));

        // Ends a test that hangs; it does not depend on it.
        (await asking.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(new ModelReply.Unanswered("model_not_configured"));
        Desk.Denied.ShouldHaveSingleItem().Act.Code.ShouldBe("model_not_configured");
        // Nobody's patience ends the writing itself.
        await Desk.Trail.Received(1).DenyAsync(Arg.Any<DenyAct>(), CancellationToken.None);
    }

    [Fact]
    public async Task Ask_RefusedAgainAndAgain_IsToldAsFarAsTheBoundAndThenCounted()
    {
        Desk.IsUsedUp = true;
        for (var time = 0; time < DenialBudget.Told + 4; time++)
            await AskAsync();

        Desk.Denied.Count.ShouldBe(DenialBudget.Told);
        await Desk.Sink.FlushAsync();
        await Desk.Trail.Received(1).CountAsync(Arg.Is<CountDenials>(static counted => counted.Count == 4), Arg.Any<CancellationToken>());
    }

    /// <summary>Agents are named by contracts, and those of two projects may have one name.</summary>
    [Fact]
    public async Task Refusal_OfAnAgentWhoseNamesakeElsewhereIsOverTheBound_IsTold()
    {
        const string Elsewhere = "bank";
        Desk.Grains.GetGrain<IAuditGrain>($"{Elsewhere}/{IAuditGrain.Key}", Arg.Any<string?>()).Returns(Desk.Trail);
        for (var time = 0; time < DenialBudget.Told + 1; time++)
            await Desk.Refused.RecordAsync(Desk.Envelope, BudgetRefusals.DoesNotFit, default);

        await Desk.Refused.RecordAsync(Desk.Envelope with { ProjectId = Elsewhere }, BudgetRefusals.DoesNotFit, default);

        Desk.Denied.Count.ShouldBe(DenialBudget.Told + 1);
        var (caller, _) = Desk.Denied[^1];
        (caller.ProjectId, caller.Actor).ShouldBe((Elsewhere, "agent:triage"));
    }

    [Fact]
    public async Task Ask_WhenAnswered_IsRefusedNothing()
    {
        await AskAsync();

        Desk.Denied.ShouldBeEmpty();
    }
}
