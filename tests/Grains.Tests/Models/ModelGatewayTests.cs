using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Models;
using AwoooP.Testing;

namespace AwoooP.Grains.Tests.Models;

/// <summary>Every way in which a call of a model that nobody refuses can go, and what each leaves in the accounts.</summary>
public sealed class ModelGatewayTests : ModelGatewayStory
{
    [Fact]
    public async Task Ask_WhenAnswered_ReservesTheMostAndSettlesWhatWasTold()
    {
        var reply = (await AskAsync()).ShouldBeOfType<ModelReply.Answered>();

        reply.ShouldBe(new ModelReply.Answered("yes", new ModelUsage(100, 20, 0.14m)));
        Desk.Told.ShouldBe([.. Reserved, "settle project"]);
        var reservations = Desk.Commands.Select(static told => told.Command).OfType<ReserveSpending>().ToList();
        reservations.ShouldAllBe(reservation => reservation.Estimate == new Spending(0.12m, 70) && reservation.Deadline == Desk.Envelope.Deadline);
        reservations.Select(static reservation => reservation.Limits).ShouldBe([Desk.Plan.Run, Desk.Plan.Incident, Desk.Plan.AgentMonth, null]);
        var settled = (SettleSpending)Desk.Commands[^1].Command;
        (settled.Actual, settled.PromptTokens, settled.CompletionTokens).ShouldBe((new Spending(0.14m, 120), 100, 20));
        settled.Call.ShouldBe(new ModelCall(ModelDesk.Agent, "local", "small", ModelDesk.Run, ModelDesk.Incident));
        Desk.Commands.ShouldAllBe(static told => told.Call.ProjectId == ModelDesk.Project && told.Call.Actor == "agent:triage" && told.Call.TraceId != null);
        Desk.Commands.Select(static told => told.Call.CommandId).ShouldBeUnique();
        Desk.Calls.Projects.ShouldBeEmpty();
    }

    /// <summary>The money is gone and the answer is there: the run's cap stops the next call, and not the run that has no other.</summary>
    [Fact]
    public async Task Ask_WhenTheAnswerHasCostMoreThanTheRunMay_GivesItAllTheSame()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Answered("yes", 100, 250));

        (await AskAsync()).ShouldBe(new ModelReply.Answered("yes", new ModelUsage(100, 250, 0.6m)));

        Settled.ShouldBe(new Spending(0.6m, 350));
        Settled.Usd.ShouldBeGreaterThan(Desk.Plan.Run.Usd!.Value);
    }

    [Fact]
    public async Task Ask_OutsideOfARun_TouchesTheAgentAndTheProjectAlone()
    {
        await Desk.Gateway.AskAsync(Desk.Envelope with { RunId = null, IncidentId = null }, default);

        Desk.Told.ShouldBe([$"reserve {OfAgent}", "reserve project", "settle project"]);
    }

    [Fact]
    public async Task Ask_WhenNoUsageIsTold_ChargesTheEstimate()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Answered("yes", 100, null));

        (await AskAsync()).ShouldBe(new ModelReply.Answered("yes", ModelDesk.AtMost));

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenTheProviderRefuses_GivesTheProjectsReservationBack()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_401", MayCost: false));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_401"));

        Desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    [Fact]
    public async Task Ask_WhenTheAnswerIsLost_ChargesTheEstimate()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("connection_broken", MayCost: true));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("connection_broken", ModelDesk.AtMost));

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenTheProviderBreaks_ChargesTheEstimateAndThrows()
    {
        Desk.Answer = static (_, _) => throw new InvalidOperationException("A bug.");

        await Should.ThrowAsync<InvalidOperationException>(AskAsync);

        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    [Fact]
    public async Task Ask_WhenCancelledInFlight_ChargesTheEstimateAndThrows()
    {
        using var cancel = new CancellationTokenSource();
        Hold();
        var asking = Desk.Gateway.AskAsync(Desk.Envelope, cancel.Token);
        await Eventually.BecomesTrueAsync(() => !Desk.Sent.IsEmpty, "the call was sent");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        Settled.ShouldBe(new Spending(0.12m, 70));
        Desk.Calls.Projects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheBudgetIsUsedUpInFlight_IsCutAndChargedAsEstimated()
    {
        Hold();
        var asking = AskAsync();
        await Eventually.BecomesTrueAsync(() => !Desk.Sent.IsEmpty, "the call was sent");

        (await Desk.Calls.KillAsync("another")).ShouldBe(0);
        (await Desk.Calls.KillAsync(ModelDesk.Project)).ShouldBe(1);

        (await asking).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003", ModelDesk.AtMost));
        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    /// <summary>The kill comes when the call has its money and has not been sent.</summary>
    [Fact]
    public async Task Ask_WhenTheBudgetIsUsedUpBehindTheReservation_IsNotSent()
    {
        Desk.Meet = async told =>
        {
            if (told is { Account: BudgetAccount.Project, Verb: "reserve" })
                (await Desk.Calls.KillAsync(ModelDesk.Project)).ShouldBe(1);
        };

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("E-BUDGET-003"));

        Desk.Told.ShouldBe([.. Reserved, "release project"]);
        Desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_PastItsDeadline_IsGivenUpAndChargedAsEstimated()
    {
        Hold();
        var asking = AskAsync();
        await Eventually.BecomesTrueAsync(() => !Desk.Sent.IsEmpty, "the call was sent");

        Desk.Clock.Advance(TimeSpan.FromSeconds(30));

        (await asking).ShouldBe(new ModelReply.Unanswered("timed_out", ModelDesk.AtMost));
        Settled.ShouldBe(new Spending(0.12m, 70));
    }

    /// <summary>Whether the account carried the command out is not known, so it must see that it is the same one.</summary>
    [Fact]
    public async Task Ask_WhenAnAccountDoesNotAnswer_RepeatsTheCommandWithItsId()
    {
        var met = new List<ToldAccount>();
        Desk.Meet = told =>
        {
            if (told.Verb is not ("settle" or "reserve") || told.Account != BudgetAccount.Project)
                return Task.CompletedTask;
            met.Add(told);
            return met.Count % 2 == 1 ? throw new CommandOutcomeUnknownException("The connection broke.") : Task.CompletedTask;
        };

        (await Desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(50))).ShouldBeOfType<ModelReply.Answered>();

        met.Select(static told => told.Verb).ShouldBe(["reserve", "reserve", "settle", "settle"]);
        met[0].Call.CommandId.ShouldBe(met[1].Call.CommandId);
        met[2].Call.CommandId.ShouldBe(met[3].Call.CommandId);
        met[0].Call.CommandId.ShouldNotBe(met[2].Call.CommandId);
    }

    [Fact]
    public async Task Ask_WhenAnAccountStaysAway_SendsNothingAndGivesBackWhatItMayHaveTaken()
    {
        Desk.Meet = told => told is { Verb: "reserve" } && told.Account == OfAgent ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;

        (await Desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(100))).ShouldBe(new ModelReply.Unanswered("budget_unavailable"));

        Desk.Told.Skip(2).ShouldBe([$"release {OfRun}", $"release {OfIncident}", $"release {OfAgent}"], ignoreOrder: true);
        Desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheProjectCannotBeToldTheEnd_StillAnswers()
    {
        Desk.Meet = static told => told.Verb == "settle" ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;

        (await Desk.PassTimeAsync(AskAsync(), TimeSpan.FromMilliseconds(500))).ShouldBeOfType<ModelReply.Answered>();
    }

    [Fact]
    public async Task Ask_WithASecretInThePayload_SendsItRedacted()
    {
        await Desk.Gateway.AskAsync(Desk.Envelope with { Payload = [new ModelMessage(ModelRole.User, "Mail ann@shop.example about password: hunter2hunter2")] }, default);

        var sent = Desk.Sent.ShouldHaveSingleItem();
        sent.Payload[0].Text.ShouldNotContain("ann@shop.example");
        sent.Payload[0].Text.ShouldNotContain("hunter2");
        sent.RedactionVersion.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WhenTheProviderSaysWhenToComeAgain_ComesAgainUnderOneReservation()
    {
        Desk.Answer = (_, _) => Task.FromResult<ProviderReply>(Desk.Sent.Count < 3
            ? new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.FromSeconds(4))
            : new ProviderReply.Answered("yes", 1, 1));

        (await Desk.PassTimeAsync(AskAsync(), TimeSpan.FromSeconds(1))).ShouldBeOfType<ModelReply.Answered>();

        Desk.Sent.Count.ShouldBe(3);
        Desk.Told.ShouldBe([.. Reserved, "settle project"]);
    }

    [Fact]
    public async Task Ask_WhenTheProviderIsBusyForLongerThanTheCallMayTake_GivesUpAtOnce()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.FromSeconds(30)));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_429"));

        Desk.Sent.Count.ShouldBe(1);
        Desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    [Fact]
    public async Task Ask_WhenTheProviderIsBusyForEver_GivesUpAtOnceAndPaysNothing()
    {
        Desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_429", MayCost: false, TimeSpan.MaxValue));

        (await AskAsync()).ShouldBe(new ModelReply.Unanswered("http_429"));

        Desk.Told.ShouldBe([.. Reserved, "release project"]);
    }

    private Spending Settled => ((SettleSpending)Desk.Commands.Single(static told => told.Verb == "settle").Command).Actual;

    private void Hold() => Desk.Answer = static async (_, token) =>
    {
        var gone = new TaskCompletionSource<ProviderReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (token.Register(() => gone.TrySetCanceled(token)))
            return await gone.Task;
    };
}
