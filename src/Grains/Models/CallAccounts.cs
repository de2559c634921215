using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Identity;
using AwoooP.Journal;
using AwoooP.Journal.Faults;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// The accounts that one call touches. A command that did not get through is sent again with the same command id, so it is carried out once. Nobody waits
/// for an account beyond the call's deadline: what has not answered by then is told behind the answer.
/// </summary>
/// <remarks>Once the project's account holds the call it alone is told how the call ended; a reaction tells the others.</remarks>
internal sealed class CallAccounts(IGrainFactory grains, PricedCall call, UntoldCalls untold, IDurableClock clock, TimeProvider time, ILogger logger)
{
    /// <summary>How long the accounts are asked for a reservation, and for the plan, when the deadline does not come first.</summary>
    private static readonly TimeSpan AskFor = TimeSpan.FromSeconds(10);

    /// <summary>How long it is tried to tell how a call ended, whoever has given it up meanwhile. What is not told expires in the accounts.</summary>
    private static readonly TimeSpan TellFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private TimeSpan Left
    {
        get
        {
            var left = call.Envelope.Deadline - clock.Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <returns>Null when every account has set the estimate aside; else why the call may not be made. What was set aside for it is then given back.</returns>
    public async Task<string?> ReserveAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Left < AskFor ? Left : AskFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var asked = new List<string>();
        var asking = AskAsync(asked, either.Token);
        string? refusal;
        try
        {
            // Not the asking alone: an account that is slow to answer may be as slow to give up.
            refusal = await asking.WaitAsync(either.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            refusal = ModelRefusals.BudgetUnavailable;
        }
        catch (Exception)
        {
            await WaitForAsync(GiveBackAsync(asking, asked, "caller_gone"), cancellationToken);
            throw;
        }

        if (refusal is not null)
            await WaitForAsync(GiveBackAsync(asking, asked, refusal), cancellationToken);
        return refusal;
    }

    /// <summary>What was spent takes the reservation's place.</summary>
    public Task SettleAsync(ModelUsage usage, CancellationToken cancellationToken)
    {
        var actual = new Spending(usage.CostUsd, (long)usage.PromptTokens + usage.CompletionTokens);
        var command = new SettleSpending(call.CallId, actual, usage.PromptTokens, usage.CompletionTokens, call.Call);
        return WaitForAsync(TellAsync(BudgetAccount.Project, "settle", (grain, token) => grain.SettleAsync(command, token)), cancellationToken);
    }

    /// <summary>Nothing was spent.</summary>
    public Task ReleaseAsync(string reason, CancellationToken cancellationToken) =>
        WaitForAsync(TellAsync(BudgetAccount.Project, "release", Release(reason)), cancellationToken);

    /// <summary>One account after the other, until one refuses.</summary>
    /// <param name="asked">Is given the accounts that have set something aside, or may have.</param>
    private async Task<string?> AskAsync(List<string> asked, CancellationToken cancellationToken)
    {
        var view = await TryAsync(BudgetAccount.Project, "read", Context(), Of(BudgetAccount.Project).GetAsync, cancellationToken);
        if (view.Kill is not null)
            return BudgetRefusals.Killed;

        var plan = view.PlanOfProject();
        foreach (var account in BudgetAccount.Of(call.Call))
        {
            cancellationToken.ThrowIfCancellationRequested();
            asked.Add(account);
            var command = new ReserveSpending(call.CallId, call.Estimate, call.Envelope.Deadline, call.Call, LimitsOf(account, plan));
            var reserved = await ReserveAsync(account, command, cancellationToken);
            if (reserved.Refusal is not { } refusal)
                continue;

            asked.Remove(account);
            return refusal.Code;
        }

        return null;
    }

    /// <summary>What other calls have set aside comes back when they have ended; how the last one ended may not have reached this account yet.</summary>
    private async Task<CommandResult> ReserveAsync(string account, ReserveSpending command, CancellationToken cancellationToken)
    {
        for (var refusals = 1; ; refusals++)
        {
            var reserved = await SendAsync(account, "reserve", (grain, token) => grain.ReserveAsync(command, token), cancellationToken);
            if (reserved.Refusal?.Code != BudgetRefusals.SetAside)
                return reserved;

            await Task.Delay(BackOff.After(refusals, FirstPause, LongestPause), time, cancellationToken);
        }
    }

    private Allowance? LimitsOf(string account, BudgetPlan plan) => account switch
    {
        BudgetAccount.Project => null,
        _ when BudgetAccount.IsRun(account) => plan.Run,
        _ when BudgetAccount.IsIncident(account) => plan.Incident,
        _ => plan.Of(call.Call.AgentId),
    };

    /// <summary>
    /// Of a call that did not come as far as to be made. The last account may have set its part aside without our hearing of it, or be about to: so
    /// they are told when the asking has ended, and not before.
    /// </summary>
    private async Task GiveBackAsync(Task asking, IReadOnlyList<string> asked, string reason)
    {
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(asked.Select(account => TellAsync(account, "release", Release(reason))));
    }

    private Func<IBudgetGrain, CancellationToken, Task<CommandResult>> Release(string reason)
    {
        var command = new ReleaseSpending(call.CallId, reason);
        return (grain, token) => grain.ReleaseAsync(command, token);
    }

    /// <summary>Money was or was not spent, and that is so whatever becomes of whoever asked: what is not told in time is still told.</summary>
    private async Task WaitForAsync(Task telling, CancellationToken cancellationToken)
    {
        untold.Keep(call.CallId, telling);
        try
        {
            await telling.WaitAsync(Left, time, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            ModelLog.ToldBehind(logger, call.CallId);
        }
    }

    private async Task TellAsync(string account, string command, Func<IBudgetGrain, CancellationToken, Task<CommandResult>> send)
    {
        using var patience = new CancellationTokenSource(TellFor, time);
        try
        {
            var told = await SendAsync(account, command, send, patience.Token);
            if (told.Refusal is { } refusal)
                ModelLog.NotTaken(logger, call.CallId, account, command, refusal.Code);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            ModelLog.NotTold(logger, call.CallId, account, command);
        }
    }

    private Task<CommandResult> SendAsync(
        string account, string command, Func<IBudgetGrain, CancellationToken, Task<CommandResult>> send, CancellationToken cancellationToken)
    {
        var context = Context() with { CommandId = DerivedId.From(call.At, $"{call.CallId}/{account}/{command}") };
        return TryAsync(account, command, context, token => send(Of(account), token), cancellationToken);
    }

    private async Task<T> TryAsync<T>(
        string account, string command, CallContext context, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                CallContext.Current = context;
                return await send(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not CallContextException)
            {
                ModelLog.Retrying(logger, fault, call.CallId, account, command);
            }

            await Task.Delay(BackOff.After(failures, FirstPause, LongestPause), time, cancellationToken);
        }
    }

    private IBudgetGrain Of(string account) => grains.GetGrain<IBudgetGrain>($"{call.Envelope.ProjectId}/{account}");

    private CallContext Context() => new()
    {
        ProjectId = call.Envelope.ProjectId,
        Actor = Actors.OfAgent(call.Envelope.AgentId),
        TraceId = call.Envelope.TraceId,
    };
}
