using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Identity;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// The accounts that one call touches: its run's, its incident's, its agent's, and the project's last. A command that did not get through is sent
/// again with the same command id, so it is carried out once.
/// </summary>
/// <remarks>Once the project's account holds the call it alone is told how the call ended; a reaction tells the others.</remarks>
internal sealed class CallAccounts(IGrainFactory grains, PricedCall call, TimeProvider time, ILogger logger)
{
    /// <summary>How long the accounts are asked for a reservation, and for the plan.</summary>
    private static readonly TimeSpan AskFor = TimeSpan.FromSeconds(10);

    /// <summary>How long it is tried to tell how a call ended, whoever has given it up meanwhile. What is not told expires in the accounts.</summary>
    private static readonly TimeSpan TellFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <returns>Null when every account has set the estimate aside; else why the call may not be made, with nothing left set aside.</returns>
    public async Task<string?> ReserveAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AskFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var asked = new List<string>();
        try
        {
            var project = Of(BudgetAccount.Project);
            var view = await ReadAsync(project, either.Token);
            if (view.Kill is not null)
                return BudgetRefusals.Killed;

            var plan = view.Plan ?? throw new InvalidOperationException($"The budget of {call.Envelope.ProjectId} has no plan.");
            foreach (var (account, limits) in Accounts(plan))
            {
                asked.Add(account);
                var command = new ReserveSpending(call.CallId, call.Estimate, call.Envelope.Deadline, call.Call, limits);
                var reserved = await ReserveAsync(account, command, either.Token);
                if (reserved.Refusal is not { } refusal)
                    continue;

                asked.Remove(account);
                await GiveBackAsync(asked, refusal.Code);
                return refusal.Code;
            }

            return null;
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await GiveBackAsync(asked, ModelRefusals.BudgetUnavailable);
            return ModelRefusals.BudgetUnavailable;
        }
        catch (Exception)
        {
            await GiveBackAsync(asked, "caller_gone");
            throw;
        }
    }

    /// <summary>What other calls have set aside comes back when they have ended; how the last one ended may not have reached this account yet.</summary>
    private async Task<CommandResult> ReserveAsync(string account, ReserveSpending command, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = After(pause))
        {
            var reserved = await SendAsync(account, "reserve", (grain, token) => grain.ReserveAsync(command, token), cancellationToken);
            if (reserved.Refusal?.Code != BudgetRefusals.SetAside)
                return reserved;

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>What was spent takes the reservation's place.</summary>
    public Task SettleAsync(ModelUsage usage)
    {
        var actual = new Spending(usage.CostUsd, (long)usage.PromptTokens + usage.CompletionTokens);
        var command = new SettleSpending(call.CallId, actual, usage.PromptTokens, usage.CompletionTokens, call.Call);
        return TellAsync(BudgetAccount.Project, "settle", (grain, token) => grain.SettleAsync(command, token));
    }

    /// <summary>Nothing was spent.</summary>
    public Task ReleaseAsync(string reason) => TellAsync(BudgetAccount.Project, "release", Release(reason));

    /// <summary>Of a call that did not come as far as to be made. The last account may have set its part aside without our hearing of it.</summary>
    private Task GiveBackAsync(IReadOnlyList<string> accounts, string reason) =>
        Task.WhenAll(accounts.Select(account => TellAsync(account, "release", Release(reason))));

    private Func<IBudgetGrain, CancellationToken, Task<CommandResult>> Release(string reason)
    {
        var command = new ReleaseSpending(call.CallId, reason);
        return (grain, token) => grain.ReleaseAsync(command, token);
    }

    private IEnumerable<(string Account, Allowance? Limits)> Accounts(BudgetPlan plan)
    {
        if (call.Call.RunId is { } run)
            yield return (BudgetAccount.OfRun(run), plan.Run);
        if (call.Call.IncidentId is { } incident)
            yield return (BudgetAccount.OfIncident(incident), plan.Incident);
        yield return (BudgetAccount.OfAgent(call.Call.AgentId), plan.Of(call.Call.AgentId));
        yield return (BudgetAccount.Project, null);
    }

    /// <summary>Money was or was not spent, and that is so whatever becomes of whoever asked.</summary>
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

    private Task<BudgetView> ReadAsync(IBudgetGrain project, CancellationToken cancellationToken) =>
        TryAsync(BudgetAccount.Project, "read", Context(), project.GetAsync, cancellationToken);

    private async Task<T> TryAsync<T>(
        string account, string command, CallContext context, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = After(pause))
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

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static TimeSpan After(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private IBudgetGrain Of(string account) => grains.GetGrain<IBudgetGrain>($"{call.Envelope.ProjectId}/{account}");

    private CallContext Context() => new()
    {
        ProjectId = call.Envelope.ProjectId,
        Actor = Actors.OfAgent(call.Envelope.AgentId),
        TraceId = call.Envelope.TraceId,
    };
}
