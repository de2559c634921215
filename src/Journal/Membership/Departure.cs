using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>How a silo leaves while it still serves: its callers are passed on to the new owners meanwhile.</summary>
internal sealed partial class Departure(
    IOptions<JournalOptions> options, SiloIdentity silo, JournalDataSources sources, LeaseGuard lease, OwnedPartitions owned, ClusterFollower cluster,
    IClusterMap map, TimeProvider time, ILogger<Departure> logger)
{
    /// <summary>Goes on for as long as there is another silo that can take something. What stays is given up when this one stops.</summary>
    public async Task HandEverythingOverAsync(CancellationToken cancellationToken)
    {
        // Others that leave too take nothing, but to them as well the table is to say that nothing can be given to this one.
        if (lease.Incarnation is not { } incarnation || !LivingOthers().Any())
            return;

        using var limit = new CancellationTokenSource(options.Value.ReleaseTimeout * 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        owned.Changed += OnChanged;
        map.Changed += OnChanged;
        try
        {
            await MarkLeaving.ExecuteAsync(sources.Membership, silo.SiloId, incarnation, either.Token);
            cluster.Leave();
            OnChanged();
            await done.Task.WaitAsync(either.Token);
        }
        catch (Exception fault) when (SqlFaults.IsOutage(fault) || either.IsCancellationRequested)
        {
            LogNotHandedOver(silo.SiloId, owned.Taken.Count, Fault.Describe(fault));
        }
        finally
        {
            owned.Changed -= OnChanged;
            map.Changed -= OnChanged;
        }

        void OnChanged()
        {
            // When all stop together, those that are left stop too, and take nothing.
            if (owned.Taken.Count == 0 || LivingOthers().All(static member => member.IsLeaving))
                done.TrySetResult();
        }
    }

    private IEnumerable<ClusterMember> LivingOthers() =>
        map.Current.Members.Where(member => member.SiloId != silo.SiloId && member is { IsAlive: true, Address: not null });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} stops with {Count} partitions that it has not handed over: {Fault}")]
    private partial void LogNotHandedOver(string siloId, int count, string fault);
}
