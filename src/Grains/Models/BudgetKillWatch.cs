using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

/// <summary>
/// Cancels a project's calls in flight on this silo once its budget is used up, wherever that was decided. New ones are refused by the project's
/// account itself. It follows the log only while calls are in flight, since that costs the database reads of what the other silos write; where
/// events may have been missed, and when it begins, the account of each project with calls in flight is asked.
/// </summary>
internal sealed class BudgetKillWatch(ILiveFeed feed, CallsInFlight calls, IGrainFactory grains, TimeProvider time, ILogger<BudgetKillWatch> logger)
    : BackgroundService
{
    private static readonly string Killed = BudgetEventTypes.All.Single(static type => type.ClrType == typeof(BudgetKilled)).Name;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>While an account cannot be asked, a kill may go unnoticed for as long.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var asking = new List<Task>();
        try
        {
            while (true)
                await FollowAsync(await calls.BegunAsync(stoppingToken), asking, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            ModelLog.WatchEnded(logger);
        }

        await Task.WhenAll(asking);
    }

    /// <param name="over">Cancelled when no call is in flight any more.</param>
    private async Task FollowAsync(CancellationToken over, List<Task> asking, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, stopping);
        try
        {
            // Joined before the accounts are asked, so that nothing falls between the answers and what is told.
            var items = feed.ReadAsync(either.Token);
            Ask(asking, stopping);
            await foreach (var item in items)
            {
                if (item is LiveEvent { Event: { } recorded } && recorded.Type == Killed)
                    await KillAsync(recorded.Id.ProjectId);
                else if (item is LiveGap)
                    Ask(asking, stopping);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            ModelLog.WatchRests(logger);
        }
    }

    /// <summary>Beside the reading: an account that is slow to answer must not hold up the kill of another project.</summary>
    private void Ask(List<Task> asking, CancellationToken stopping)
    {
        asking.RemoveAll(static one => one.IsCompleted);
        asking.AddRange(calls.Projects.Select(project => AskAsync(project, stopping)));
    }

    private async Task KillAsync(string projectId)
    {
        if (await calls.KillAsync(projectId) is > 0 and var count)
            ModelLog.Killed(logger, projectId, count);
    }

    private async Task AskAsync(string projectId, CancellationToken stopping)
    {
        try
        {
            for (var failures = 1; calls.Projects.Contains(projectId); failures++)
            {
                try
                {
                    CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
                    var budget = await grains.GetGrain<IBudgetGrain>($"{projectId}/{BudgetAccount.Project}").GetAsync(stopping);
                    if (budget.Kill is not null)
                        await KillAsync(projectId);
                    return;
                }
                catch (Exception fault) when (!stopping.IsCancellationRequested)
                {
                    ModelLog.NotAsked(logger, fault, projectId);
                }

                await Task.Delay(BackOff.After(failures, FirstPause, LongestPause), time, stopping);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            ModelLog.WatchEnded(logger);
        }
    }
}
