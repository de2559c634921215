using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Models;

namespace AwoooP.Grains.Tests.Models;

/// <summary>Accounts that take longer than a call may: nobody waits for them, and nothing that they should know is lost or said twice.</summary>
public sealed class SlowAccountTests
{
    /// <summary>Ends a test that hangs; no test depends on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string OfRun = BudgetAccount.OfRun(ModelDesk.Run);
    private static readonly string OfIncident = BudgetAccount.OfIncident(ModelDesk.Incident);
    private static readonly string OfAgent = BudgetAccount.OfAgent(ModelDesk.Agent);
    private static readonly string[] Reserved = [$"reserve {OfRun}", $"reserve {OfIncident}", $"reserve {OfAgent}", "reserve project"];

    private readonly ModelDesk _desk = new();

    /// <summary>The account takes the reservation when nobody waits for it any more.</summary>
    [Fact]
    public async Task Ask_WhenAnAccountAnswersBehindTheDeadline_HasRefusedByThenAndGivesEachReservationBackOnce()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Meet = told => told is { Account: BudgetAccount.Project, Verb: "reserve" } ? answered.Task : Task.CompletedTask;
        var asking = _desk.Gateway.AskAsync(_desk.Envelope with { Deadline = _desk.Now.AddSeconds(3) }, default);

        _desk.Clock.Advance(TimeSpan.FromSeconds(3));

        (await asking.WaitAsync(Patience)).ShouldBe(new ModelReply.Unanswered("budget_unavailable"));
        // What may still be taken is not given back yet.
        _desk.Told.ShouldBe(Reserved.Take(3));

        var stopped = _desk.Untold.StopAsync(default);
        stopped.IsCompleted.ShouldBeFalse();
        answered.SetResult();
        await stopped.WaitAsync(Patience);

        _desk.Told.Take(4).ShouldBe(Reserved);
        _desk.Told.Skip(4).ShouldBe([$"release {OfRun}", $"release {OfIncident}", $"release {OfAgent}", "release project"], ignoreOrder: true);
        _desk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WhenTheFirstAccountAnswersBehindTheDeadline_AsksNoOther()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Meet = told => told.Verb == "reserve" ? answered.Task : Task.CompletedTask;
        var asking = _desk.Gateway.AskAsync(_desk.Envelope with { Deadline = _desk.Now.AddSeconds(3) }, default);
        _desk.Clock.Advance(TimeSpan.FromSeconds(3));
        (await asking.WaitAsync(Patience)).ShouldBe(new ModelReply.Unanswered("budget_unavailable"));

        var stopped = _desk.Untold.StopAsync(default);
        answered.SetResult();
        await stopped.WaitAsync(Patience);

        _desk.Told.ShouldBe([$"reserve {OfRun}", $"release {OfRun}"]);
    }

    [Theory]
    [InlineData(true, "settle project")]
    [InlineData(false, "release project")]
    public async Task Ask_WhenTheAccountIsSlowToHearTheEnd_AnswersByTheDeadlineAndTellsItBehindTheAnswer(bool isAnswered, string told)
    {
        if (!isAnswered)
            _desk.Answer = static (_, _) => Task.FromResult<ProviderReply>(new ProviderReply.Failed("http_401", MayCost: false));
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Meet = command => command.Verb is "read" or "reserve" ? Task.CompletedTask : heard.Task;
        var asking = _desk.Gateway.AskAsync(_desk.Envelope, default);

        _desk.Clock.Advance(TimeSpan.FromSeconds(30));

        ModelReply expected = isAnswered ? new ModelReply.Answered("yes", new ModelUsage(100, 20, 0.14m)) : new ModelReply.Unanswered("http_401");
        (await asking.WaitAsync(Patience)).ShouldBe(expected);
        _desk.Told.ShouldBe(Reserved);

        var stopped = _desk.Untold.StopAsync(default);
        stopped.IsCompleted.ShouldBeFalse("the silo stops when the account knows");
        heard.SetResult();
        await stopped.WaitAsync(Patience);
        _desk.Told.ShouldBe([.. Reserved, told]);
    }

    [Fact]
    public async Task Ask_WhenTheCallerGoesWhileAnAccountIsAsked_GivesBackBehindIt()
    {
        using var cancel = new CancellationTokenSource();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _desk.Meet = told => told.Verb == "reserve" && told.Account == OfIncident ? answered.Task : Task.CompletedTask;
        var asking = _desk.Gateway.AskAsync(_desk.Envelope, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(Patience));
        var stopped = _desk.Untold.StopAsync(default);
        answered.SetResult();
        await stopped.WaitAsync(Patience);
        _desk.Told.Skip(2).ShouldBe([$"release {OfRun}", $"release {OfIncident}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Ask_WhileAnAccountIsAway_TriesAgainAfterPausesThatGrowAndDiffer()
    {
        var clock = new HurriedClock(TimeSpan.FromSeconds(2));
        var desk = new ModelDesk(clock);
        var reads = 0;
        desk.Meet = told => told.Verb == "read" && ++reads < 30 ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;

        (await desk.Gateway.AskAsync(desk.Envelope, default).WaitAsync(Patience)).ShouldBeOfType<ModelReply.Answered>();

        clock.ShouldHaveBackedOff(TimeSpan.FromMilliseconds(50));
    }
}
