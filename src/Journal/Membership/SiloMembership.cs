using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Keeps this silo a member: joins, renews the lease a few times within its length, declares dead what has stopped
/// renewing, and takes partitions that nobody owns. What it knows is in <see cref="LeaseGuard"/> and <see cref="OwnedPartitions"/>.
/// </summary>
public sealed partial class SiloMembership(
    IOptions<JournalOptions> options,
    SiloIdentity silo,
    JournalDataSources sources,
    LeaseGuard lease,
    OwnedPartitions owned,
    PartitionHeads heads,
    ClusterMap map,
    DurableClock clock,
    JournalHealth health,
    TimeProvider time,
    ILogger<SiloMembership> logger) : BackgroundService
{
    private const int RenewalsInALease = 4;

    private readonly JournalOptions _options = options.Value;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerIdentity? _server;

    /// <summary>Raised when what this process remembers may be wrong (declared dead, or another server's history): drop every activation.</summary>
    public event Action? MemoryInvalidated;

    /// <summary>Completes once this silo has joined for the first time and owns its partitions.</summary>
    public Task Joined => _joined.Task;

    /// <summary>Gives the lease and the partitions up, so that another need not wait for the lease to run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var incarnation = lease.Incarnation;
        lease.Lose();
        owned.Replace(new HashSet<short>());
        health.Report(JournalState.Stopped);
        if (incarnation is null)
            return;

        try
        {
            var row = new SiloRow(silo.SiloId, incarnation.Number, incarnation.Fence, silo.SessionName, Alive: true, LeaseRanOut: false);
            await DeclareDead.ExecuteAsync(sources.Membership, row, leaving: true, cancellationToken);
            LogLeft(silo.SiloId, incarnation.Number);
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            LogLeftUnsaid(silo.SiloId, incarnation.Number, error.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(_options.Lease / RenewalsInALease, time);
        do
        {
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (Exception error) when (SqlFaults.IsOutage(error))
            {
                Report(SqlFaults.StateOf(error));
                LogBeatFailed(silo.SiloId, Fault.Describe(error));
            }
        }
        while (await WaitAsync(beat, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer beat, CancellationToken stoppingToken)
    {
        try
        {
            return await beat.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (lease.Incarnation is not { } incarnation)
        {
            if (await JoinAsync(cancellationToken) is not { } joined)
                return;
            incarnation = joined;
        }

        var sentAt = time.GetTimestamp();
        if (await RenewLease.ExecuteAsync(sources.Membership, silo.SiloId, incarnation, _options.Lease, cancellationToken) is not { } renewal)
        {
            LogDeclaredDead(silo.SiloId, incarnation.Number);
            Forget();
            return;
        }

        clock.Follow(renewal.ServerTime, sentAt, time.GetTimestamp());
        if (_server is { } known && known != renewal.Server)
        {
            LogOtherServer(renewal.Server.SystemIdentifier, renewal.Server.Timeline);
            Forget();
            return;
        }

        _server = renewal.Server;
        lease.Extend(sentAt, _options.Lease);
        await TakeAsync(incarnation, cancellationToken);
        health.Report(JournalState.Ready);
        _joined.TrySetResult();
    }

    private async Task<Incarnation?> JoinAsync(CancellationToken cancellationToken)
    {
        var sentAt = time.GetTimestamp();
        if (await JoinSilo.ExecuteAsync(sources.Membership, silo, _options.Lease, cancellationToken) is { } incarnation)
        {
            lease.Join(incarnation, sentAt, _options.Lease);
            LogJoined(silo.SiloId, incarnation.Number);
            return incarnation;
        }

        // An earlier process of this silo was not declared dead: its lease must run out first. An earlier incarnation of
        // this very process need not wait, but its commits in flight are fenced off before the next one begins.
        var silos = (await ReadCluster.ExecuteAsync(sources.Membership, cancellationToken)).Silos;
        if (silos.FirstOrDefault(row => row.SiloId == silo.SiloId && row.SessionName == silo.SessionName && row.Alive) is { } own)
            await DeclareDead.ExecuteAsync(sources.Membership, own, leaving: true, cancellationToken);
        else
            await BuryAsync(silos, cancellationToken);
        return null;
    }

    private async Task TakeAsync(Incarnation incarnation, CancellationToken cancellationToken)
    {
        var cluster = await ReadCluster.ExecuteAsync(sources.Membership, cancellationToken);
        map.Publish(cluster.ToView());
        await BuryAsync(cluster.Silos, cancellationToken);
        var living = cluster.Silos.Where(row => row.IsUp).Select(row => row.SiloId).Append(silo.SiloId).ToHashSet();
        var wanted = RendezvousPlacement.Place(living, PartitionMap.Count).Where(placed => placed.Value == silo.SiloId).Select(placed => placed.Key).ToArray();
        if (wanted.All(owned.HasTaken))
            return;

        var taken = await TakePartitions.ExecuteAsync(sources.Membership, silo.SiloId, incarnation, wanted, cancellationToken);
        foreach (var (partition, head) in taken)
        {
            if (!owned.HasTaken(partition))
                heads.Load(partition, head);
        }

        owned.Replace(taken.Keys.ToHashSet());
        LogTook(silo.SiloId, taken.Count);
        map.Publish((await ReadCluster.ExecuteAsync(sources.Membership, cancellationToken)).ToView());
    }

    private async Task BuryAsync(IReadOnlyList<SiloRow> silos, CancellationToken cancellationToken)
    {
        foreach (var row in silos.Where(row => row is { Alive: true, LeaseRanOut: true } && row.SessionName != silo.SessionName))
        {
            if (await DeclareDead.ExecuteAsync(sources.Membership, row, leaving: false, cancellationToken))
                LogBuried(row.SiloId, row.Incarnation);
        }
    }

    private void Forget()
    {
        // Whichever server is joined next, its history is the one that memory is of.
        _server = null;
        lease.Lose();
        owned.Replace(new HashSet<short>());
        health.Report(JournalState.Fenced);
        MemoryInvalidated?.Invoke();
    }

    private void Report(JournalState state) => health.Report(lease.Incarnation is null ? JournalState.Starting : state);
}
