using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Does the work of a real worker on what was offered, one run after the other, with executors whose effects are entries in the ledger.</summary>
internal sealed class OfferedWork(IGrainFactory factory, OfferedRuns offers, EffectLedger ledger, FakeClock clock)
{
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> TakeAsync(WorkerLife life, string workerId, Func<RepairStep, StepOutcome>? outcome = null)
    {
        var worked = false;
        var grains = new MortalGrains(factory, life);
        IStepExecutor[] executors = [.. ((string[])["command", "verify", "model"]).Select(kind => new LedgerExecutor(kind, life, ledger, outcome))];
        var jobs = new RunJobFactory(
            grains, new RunChecks(grains), new StepRunner(executors, clock, NullLogger<StepRunner>.Instance), clock, NullLogger<RunJob>.Instance);
        while (!life.Death.IsCompleted && offers.TryTake(out var offer))
        {
            worked = true;
            var job = jobs.Create(offer, workerId).ExecuteAsync(CancellationToken.None, CancellationToken.None);
            await Task.WhenAny(job, life.Death);
            if (!life.Death.IsCompleted)
                await job;
        }

        return worked;
    }
}
