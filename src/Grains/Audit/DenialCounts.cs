using AwoooP.Journal.Hosting;

namespace AwoooP.Audit;

/// <summary>Tells every minute, and at the end, what was refused and only counted.</summary>
internal sealed class DenialCounts(DeniedActs denied, TimeProvider time) : PeriodicService(DenialBudget.Window, time)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await denied.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => denied.FlushAsync();

    /// <summary>What could not be told stays counted, and has been logged.</summary>
    protected override void Failed(Exception fault)
    {
    }
}
