using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Keeps this silo a member: joins, renews the lease a few times within its length, and leaves. What it knows is in <see cref="LeaseGuard"/>
/// and <see cref="OwnedPartitions"/>; which partitions it has is the follower's matter.
/// </summary>
public sealed partial class SiloMembership : BackgroundService, IHostedLifecycleService
{
    internal const int RenewalsInALease = 4;

    private readonly JournalOptions _options;
    private readonly SiloIdentity _silo;
    private readonly JournalDataSources _sources;
    private readonly LeaseGuard _lease;
    private readonly OwnedPartitions _owned;
    private readonly ClusterFollower _cluster;
    private readonly HandOver _handOver;
    private readonly Departure _departure;
    private readonly IJoinGate[] _gates;
    private readonly ExpiredSilos _expired;
    private readonly DurableClock _clock;
    private readonly ServerHistory _history;
    private readonly JournalHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger<SiloMembership> _logger;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Incarnation? _settledAs;
    private long _waitsFor;

    internal SiloMembership(
        IOptions<JournalOptions> options, SiloIdentity silo, JournalDataSources sources, LeaseGuard lease, OwnedPartitions owned, ClusterFollower cluster,
        HandOver handOver, Departure departure, ExpiredSilos expired, IEnumerable<IJoinGate> gates, DurableClock clock, ServerHistory history,
        JournalHealth health, TimeProvider time, ILogger<SiloMembership> logger)
    {
        _options = options.Value;
        _silo = silo;
        _sources = sources;
        _lease = lease;
        _owned = owned;
        _cluster = cluster;
        _handOver = handOver;
        _departure = departure;
        _gates = [.. gates];
        _expired = expired;
        _clock = clock;
        _history = history;
        _health = health;
        _time = time;
        _logger = logger;
        _cluster.Settled += OnSettled;
    }

    /// <summary>Raised when what this process remembers may be wrong (declared dead, or another server's history): drop every activation.</summary>
    public event Action? MemoryInvalidated;

    /// <summary>Completes once this silo has joined for the first time and owns the partitions that it could take.</summary>
    public Task Joined => _joined.Task;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => _departure.HandEverythingOverAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives the lease and the partitions up, so that another need not wait for the lease to run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _cluster.StopAsync(cancellationToken);
        var incarnation = _lease.Incarnation;
        if (incarnation is not null)
            await _handOver.CloseAllAsync(incarnation, cancellationToken);

        // The heart beats until here, so that what was under way could be settled under the lease.
        await base.StopAsync(cancellationToken);
        incarnation = _lease.Incarnation;
        _lease.Lose();
        _owned.Clear();
        _health.Report(JournalState.Stopped);
        if (incarnation is null)
            return;

        try
        {
            var row = new SiloRow(_silo.SiloId, incarnation.Number, incarnation.Fence, _silo.SessionName, Alive: true, TimeSpan.Zero);
            await DeclareDead.ExecuteAsync(_sources.Membership, row, leaving: true, cancellationToken);
            LogLeft(_silo.SiloId, incarnation.Number);
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            LogLeftUnsaid(_silo.SiloId, incarnation.Number, error.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Should one of them fail, the other must not go on alone.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops = [BeatAsync(either), FollowAsync(either)];
        await Task.WhenAll(loops);
    }

    private async Task BeatAsync(CancellationTokenSource ending)
    {
        using var beat = new PeriodicTimer(_options.Lease / RenewalsInALease, _time);
        try
        {
            await Task.WhenAll(_gates.Select(static gate => gate.Opened)).WaitAsync(ending.Token);
            do
            {
                try
                {
                    await BeatAsync(ending.Token);
                }
                catch (Exception error) when (SqlFaults.IsOutage(error))
                {
                    Report(SqlFaults.StateOf(error));
                    LogBeatFailed(_silo.SiloId, Fault.Describe(error));
                }
            }
            while (await beat.WaitForNextTickAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            LogBeatEnded(_silo.SiloId);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task FollowAsync(CancellationTokenSource ending)
    {
        try
        {
            await _cluster.RunAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            LogBeatEnded(_silo.SiloId);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (_lease.Incarnation is not { } incarnation)
        {
            if (await JoinAsync(cancellationToken) is not { } joined)
                return;
            incarnation = joined;
        }

        var known = _history.Known;
        var (leaseFrom, sentAt) = (_lease.Clock.GetTimestamp(), _time.GetTimestamp());
        if (await RenewLease.ExecuteAsync(_sources.Membership, _silo.SiloId, incarnation, _options.Lease, cancellationToken) is not { } renewal)
        {
            LogDeclaredDead(_silo.SiloId, incarnation.Number);
            Forget();
            return;
        }

        _clock.Follow(renewal.ServerTime, sentAt, _time.GetTimestamp());
        if (!_history.Continue(known, renewal))
        {
            LogOtherServer(renewal.Found.Server.SystemIdentifier, renewal.Found.Server.Timeline);
            Forget();
            return;
        }

        // Before it runs again: whoever looks meanwhile declares nobody dead without a lease of its own.
        if (!_lease.IsValid)
            _expired.Spare();
        _lease.Extend(leaseFrom, _options.Lease);
        // One that took as long as the lease lasts has renewed nothing.
        if (ReferenceEquals(_settledAs, incarnation))
            _health.Report(_lease.IsValid ? JournalState.Ready : JournalState.Unavailable);
        _cluster.Follow(incarnation);
    }

    private async Task<Incarnation?> JoinAsync(CancellationToken cancellationToken)
    {
        var leaseFrom = _lease.Clock.GetTimestamp();
        if (await JoinSilo.ExecuteAsync(_sources.Membership, _silo, _options.Lease, cancellationToken) is { } incarnation)
        {
            // The server may have been away for long: then the leases of the others have run out unnoticed too.
            _expired.Spare();
            _lease.Join(incarnation, leaseFrom, _options.Lease);
            LogJoined(_silo.SiloId, incarnation.Number);
            return incarnation;
        }

        // An earlier process of this silo was not declared dead: its lease must run out first. An earlier incarnation of
        // this very process need not wait, but its commits in flight are fenced off before the next one begins.
        var silos = (await _expired.ReadAsync(cancellationToken)).Silos;
        if (silos.FirstOrDefault(row => row.SiloId == _silo.SiloId && row.Alive) is not { } earlier)
            return null;
        if (earlier.SessionName == _silo.SessionName)
        {
            await DeclareDead.ExecuteAsync(_sources.Membership, earlier, leaving: true, cancellationToken);
            return null;
        }

        if (_waitsFor != earlier.Incarnation)
        {
            _waitsFor = earlier.Incarnation;
            LogWaits(_silo.SiloId, earlier.Incarnation, earlier.Lease);
        }

        await _expired.DeclareDeadAsync([earlier], cancellationToken);
        return null;
    }

    /// <summary>Ready once it has its partitions, and not before.</summary>
    private void OnSettled(Incarnation incarnation)
    {
        if (ReferenceEquals(_settledAs, incarnation) || !ReferenceEquals(_lease.Incarnation, incarnation))
            return;

        _settledAs = incarnation;
        _health.Report(JournalState.Ready);
        _joined.TrySetResult();
    }

    private void Forget()
    {
        // The history last: whoever still finds it compares with it, and whoever does not finds the lease lost.
        _cluster.Follow(null);
        _lease.Lose();
        _owned.Clear();
        _history.Forget();
        _health.Report(JournalState.Fenced);
        MemoryInvalidated?.Invoke();
    }

    private void Report(JournalState state) => _health.Report(_lease.Incarnation is null ? JournalState.Starting : state);
}
