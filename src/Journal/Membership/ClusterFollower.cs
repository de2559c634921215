using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Looks at the table: publishes what it shows, has declared dead what has stopped renewing, takes the partitions that are placed here and free,
/// and hands over those that are placed elsewhere. It runs beside the heartbeat, which waits for none of this.
/// </summary>
internal sealed partial class ClusterFollower(
    ClusterMap map, LeaseGuard lease, OwnedPartitions owned, PartitionHeads heads, HandOver handOver, ExpiredSilos expired, JournalDataSources sources,
    SiloIdentity silo, IOptions<JournalOptions> options, MembershipMetrics metrics, TimeProvider time, ILogger<ClusterFollower> logger)
{
    /// <summary>Moved at once; the others go on being served meanwhile.</summary>
    private const int HandOverBatch = 32;

    /// <summary>However often it is asked for, a look is not followed by the next one sooner.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>While somebody is about to hand partitions over to this silo.</summary>
    private static readonly TimeSpan PauseWhileExpecting = TimeSpan.FromMilliseconds(100);

    /// <summary>However long the lease is: so soon it is seen that a silo has joined.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>A lease that should have ended by then has.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan _lease = options.Value.Lease;
    private volatile Incarnation? _current;
    private volatile bool _leaving;
    private volatile bool _stopping;
    private Task _moving = Task.CompletedTask;
    private IReadOnlySet<short> _movingPartitions = new HashSet<short>();
    private Incarnation? _movingFrom;
    private long _noMoveBefore = long.MinValue;

    /// <summary>Raised with the incarnation after a look that left it with all that it could take.</summary>
    public event Action<Incarnation>? Settled;

    /// <summary>The silo is a member as this incarnation, and has renewed its lease; null while it is none.</summary>
    public void Follow(Incarnation? incarnation)
    {
        if (ReferenceEquals(_current, incarnation))
            return;

        _current = incarnation;
        map.Refresh();
    }

    /// <summary>From now on everything is placed elsewhere.</summary>
    public void Leave()
    {
        _leaving = true;
        map.Refresh();
    }

    /// <summary>Takes and hands over nothing more, and returns when what was begun has ended. It looks on: that others are declared dead is nothing of this silo's.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await _moving.WaitAsync(cancellationToken);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, _lease.Ticks / SiloMembership.RenewalsInALease));
                try
                {
                    pause = await LookAsync(pause, cancellationToken);
                }
                catch (Exception fault) when (SqlFaults.IsOutage(fault))
                {
                    LogFailed(silo.SiloId, Fault.Describe(fault));
                }

                await Task.Delay(ShortestPause, time, cancellationToken);
                await map.WaitForRefreshAsync(pause, time, cancellationToken);
            }
        }
        finally
        {
            await _moving;
            await expired.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>When to look again at the latest.</returns>
    private async Task<TimeSpan> LookAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        // All of these before the table is read: what has ended by now, the table shows. The lease first: it is this incarnation's or an earlier one's.
        var validUntil = lease.ValidUntil;
        var incarnation = _current;
        var taken = owned.Taken;
        var moving = _moving.IsCompleted || !ReferenceEquals(_movingFrom, incarnation) ? new HashSet<short>() : _movingPartitions;

        var cluster = await expired.ReadAsync(cancellationToken);
        map.Publish(cluster.ToView());
        if (incarnation is null)
            return pause;

        // The machine stood still and its clock with it, or somebody has set PostgreSQL's, or has written there by hand.
        var own = cluster.Find(silo.SiloId, incarnation);
        if (own is not { LeaseRanOut: false } && lease.Lapse(validUntil))
            LogLapsed(silo.SiloId, incarnation.Number);
        if (lease.IsValid)
            expired.Begin(cluster.Silos, cancellationToken);
        if (own is null)
            return pause;

        DropLost(incarnation, taken.Except(own.Partitions).Except(moving));
        var placed = Place(cluster.Silos);
        if (!_stopping)
        {
            if (await TakeAsync(incarnation, cluster.Missing(placed, own, owned.Taken, moving), cancellationToken))
                map.Refresh();
            if (_moving.IsCompleted)
                BeginHandOver(incarnation, cluster, placed, cancellationToken);
        }

        Settled?.Invoke(incarnation);
        return cluster.IsExpecting(placed, own) && !_leaving ? PauseWhileExpecting : expired.UntilNextExpires(cluster.Silos, pause) + Margin;
    }

    /// <summary>The table is what counts: somebody has written there by hand, or it is an older one that was restored.</summary>
    private void DropLost(Incarnation incarnation, IEnumerable<short> partitions)
    {
        var lost = partitions.ToHashSet();
        if (lost.Count > 0 && owned.Close(incarnation, lost) is { Count: > 0 } dropped)
            LogLost(silo.SiloId, dropped.Count);
    }

    private IReadOnlyDictionary<short, string> Place(IReadOnlyList<SiloRow> silos)
    {
        // This silo has just renewed its lease, whatever was read.
        var living = silos.Where(row => row.SiloId == silo.SiloId ? !_leaving : row is { IsUp: true, Leaving: false }).Select(row => row.SiloId).ToList();
        return living.Count == 0 ? new Dictionary<short, string>() : RendezvousPlacement.Place(living, PartitionMap.Count);
    }

    private async Task<bool> TakeAsync(Incarnation incarnation, short[] missing, CancellationToken cancellationToken)
    {
        if (missing.Length == 0)
            return false;

        var found = await TakePartitions.ExecuteAsync(sources.Membership, silo.SiloId, incarnation, missing, cancellationToken);
        foreach (var (partition, head) in found)
            heads.Load(partition, head);
        owned.Take(incarnation, found.Keys);
        metrics.Taken(found.Count);
        if (found.Count > 0)
            LogTook(silo.SiloId, found.Count, owned.Taken.Count);
        return true;
    }

    private void BeginHandOver(Incarnation incarnation, ClusterRows cluster, IReadOnlyDictionary<short, string> placed, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() < Volatile.Read(ref _noMoveBefore))
            return;

        var partitions = owned.Taken.Where(partition => placed.TryGetValue(partition, out var target) && target != silo.SiloId && cluster.TakesCalls(target))
            .Order().Take(HandOverBatch).ToHashSet();
        if (partitions.Count == 0)
            return;

        (_movingPartitions, _movingFrom) = (partitions, incarnation);
        _moving = HandOverAsync(incarnation, partitions, cancellationToken);
    }

    private async Task HandOverAsync(Incarnation incarnation, IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        // The loop looks on meanwhile: nobody's release may hold it up.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var isDone = false;
        try
        {
            isDone = await handOver.RunAsync(incarnation, partitions, cancellationToken);
        }
        catch (Exception fault)
        {
            LogHandOverFailed(fault, silo.SiloId);
        }

        // What cannot be moved now is not tried again all the time: each time its callers wait.
        if (!isDone)
            Volatile.Write(ref _noMoveBefore, time.GetTimestamp() + time.TimestampTicks(_lease));
        map.Refresh();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {SiloId} took {Taken} partitions and owns {Count}")]
    private partial void LogTook(string siloId, int taken, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId}, incarnation {Incarnation}, has no lease by the table, though it runs by its own clock: nothing is answered from memory until it is renewed")]
    private partial void LogLapsed(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {SiloId} gives up {Count} partitions that are not its own by the table")]
    private partial void LogLost(string siloId, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} could not look at the cluster: {Fault}")]
    private partial void LogFailed(string siloId, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A hand-over of silo {SiloId} failed in a way that it should have handled")]
    private partial void LogHandOverFailed(Exception fault, string siloId);
}
