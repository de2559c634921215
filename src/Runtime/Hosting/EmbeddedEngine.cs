using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;
using AwoooP.Runtime.Timing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime.Hosting;

/// <summary>The engine of one silo: what all its grain classes share.</summary>
internal sealed class EmbeddedEngine : IClusterClient, IActivationControl, IDisposable
{
    private readonly GrainCatalog _catalog;
    private readonly ActivationCollector _collector;
    private int _activations;
    private volatile EnginePhase _phase;

    public EmbeddedEngine(
        IServiceProvider services,
        IOptions<EngineOptions> options,
        TimeProvider time,
        IEnumerable<IGrainModule> modules,
        EngineDiagnostics diagnostics,
        ILogger<EmbeddedEngine> logger,
        LeaseGuard? lease = null,
        ClusterParts? cluster = null)
    {
        Services = services;
        Options = options.Value;
        Time = time;
        Diagnostics = diagnostics;
        Logger = logger;
        Lease = lease;
        Cluster = cluster;
        Wheel = new TimingWheel(time);
        _catalog = new GrainCatalog(modules, CreateHost);
        _collector = new ActivationCollector(this);
        diagnostics.Observe(Hosts);
    }

    public IServiceProvider Services { get; }

    public EngineOptions Options { get; }

    public TimeProvider Time { get; }

    public TimingWheel Wheel { get; }

    public EngineDiagnostics Diagnostics { get; }

    public ILogger Logger { get; }

    /// <summary>Until when grains may answer from memory; null where they do so without end, as without a journal.</summary>
    public LeaseGuard? Lease { get; }

    /// <summary>The way to other silos; null where everything is here.</summary>
    public ClusterParts? Cluster { get; }

    public IReadOnlyList<GrainHost> Hosts => _catalog.Hosts;

    /// <summary>All activations in memory.</summary>
    public int Activations => Volatile.Read(ref _activations);

    // Not in the constructor: a filter may itself want the grain factory.
    public IIncomingGrainCallFilter[] IncomingFilters => field ??= [.. Services.GetServices<IIncomingGrainCallFilter>()];

    public IOutgoingGrainCallFilter[] OutgoingFilters => field ??= [.. Services.GetServices<IOutgoingGrainCallFilter>()];

    public TGrain GetGrain<TGrain>(string key, string? grainClassNamePrefix = null)
        where TGrain : IGrainWithStringKey =>
        (TGrain)(object)_catalog.CreateReference(typeof(TGrain), key, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string key) => (IGrain)_catalog.CreateReference(grainInterfaceType, key, null);

    /// <inheritdoc cref="GrainCatalog.Resolve"/>
    public (GrainReference Reference, GrainCall Call) Resolve(uint grainType, uint grainInterface, uint method, string key) =>
        _catalog.Resolve(grainType, grainInterface, method, key);

    /// <summary>For logs and metrics.</summary>
    public string GrainTypeOf(uint wireName) => _catalog.GrainTypeOf(wireName) ?? "unknown";

    public bool Accepts(Request request) => _phase switch
    {
        EnginePhase.Running => true,
        EnginePhase.Draining => request.IsAwaitedByGrain,
        _ => false,
    };

    public void ActivationCreated() => _collector.Grown(Interlocked.Increment(ref _activations));

    public void ActivationRetired()
    {
        if (Interlocked.Decrement(ref _activations) == Options.MaxActivations)
            _collector.Shrunk();
    }

    /// <summary>Lets running turns and the calls that wait finish, and deactivates every grain; calls that were passed on to other silos are answered.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _phase = EnginePhase.Draining;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        using var limit = new CancellationTokenSource(Options.DrainTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await DeactivateAllAsync(reason, either.Token);
            if (Cluster is { } cluster)
            {
                // Whoever they run at may call grains here before they end.
                await cluster.Router.StopForwardingAsync().WaitAsync(either.Token);
                await DeactivateAllAsync(reason, either.Token);
            }

            EngineLog.Drained(Logger);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            EngineLog.DrainCutShort(Logger, Activations, Cluster?.Router.Forwarded ?? 0);
        }
        finally
        {
            _phase = EnginePhase.Stopped;
        }
    }

    /// <summary>What grains remember may be wrong. Marked before this returns: turns that start later find fresh activations.</summary>
    public void Forget()
    {
        EngineLog.Forgetting(Logger, Activations);
        _ = DeactivateAsync(static _ => true, Activation.Outdated, CancellationToken.None);
    }

    /// <summary>Lets the turns of the grains in these partitions finish and forgets them, as far as that is done within the grace period.</summary>
    public async Task MoveAsync(IReadOnlySet<short> partitions, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var leaving = Placed().Where(activation => partitions.Contains(activation.Partition)).ToList();
        leaving.ForEach(static activation => activation.Deactivate(Activation.Moved));
        await Task.WhenAll(leaving.Select(static activation => activation.WhenRetired()))
            .WaitAsync(gracePeriod, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Where there is any grain in memory.</summary>
    public IReadOnlySet<short> OccupiedPartitions() => Placed().Select(static activation => activation.Partition).ToHashSet();

    /// <summary>Partitions were lost: what is still in memory of them is to leave, and the calls that wait for it go to the owners.</summary>
    public void LeaveOutdated() => ThreadPool.UnsafeQueueUserWorkItem(
        static engine =>
        {
            foreach (var activation in engine.Placed().Where(static activation => activation.IsOutdated))
                activation.Abandon().DeliverAgain();
        },
        this,
        preferLocal: false);

    public Task DeactivateAsync(Func<GrainId, bool> selects, DeactivationReason reason, CancellationToken cancellationToken)
    {
        var leaving = Hosts.SelectMany(static host => host.Activations()).Where(activation => selects(activation.GrainId)).ToList();
        leaving.ForEach(activation => activation.Deactivate(reason, CancellationToken.None));
        return Task.WhenAll(leaving.Select(static activation => activation.WhenRetired())).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _phase = EnginePhase.Stopped;
        _collector.Dispose();
        Wheel.Dispose();
    }

    /// <summary>Finishing turns may activate further grains, and calls that waited do: until there is none.</summary>
    private async Task DeactivateAllAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (Activations > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DeactivateAsync(static _ => true, reason, cancellationToken);
        }
    }

    private IEnumerable<Activation> Placed() => Hosts.Where(static host => host.IsPlaced).SelectMany(static host => host.Activations());

    private GrainHost CreateHost(GrainClass grainClass) =>
        grainClass.MaxLocalWorkers is null ? new IdentityGrainHost(this, grainClass) : new StatelessWorkerHost(this, grainClass);
}
