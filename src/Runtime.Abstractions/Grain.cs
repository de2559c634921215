using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime;

/// <summary>
/// The base of every grain class. The engine runs one turn of an activation at a time, and what follows an
/// <c>await</c> inside a turn stays on the activation, as long as the awaiting code keeps its context.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainContext? _context;

    /// <summary>For the engine, which says beforehand which activation is being constructed.</summary>
    protected Grain()
        : this(GrainConstruction.Current, null)
    {
    }

    /// <summary>For tests that run a grain without an engine.</summary>
    protected Grain(IGrainContext? grainContext, IServiceProvider? serviceProvider = null)
    {
        _context = grainContext;
        ServiceProviderOverride = serviceProvider;
    }

    private IServiceProvider? ServiceProviderOverride { get; }

    /// <exception cref="InvalidOperationException">The grain was made outside an engine.</exception>
    public IGrainContext GrainContext => _context
        ?? throw new InvalidOperationException($"{GetType().Name} was made outside an engine and has no activation.");

    protected IGrainFactory GrainFactory => _context?.GrainFactory ?? ServiceProvider.GetRequiredService<IGrainFactory>();

    protected internal IServiceProvider ServiceProvider => ServiceProviderOverride ?? GrainContext.ActivationServices;

    /// <summary>Runs before the first call. What it throws goes to the callers that wait, and the activation is dropped.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not run when the process dies, so nothing may depend on it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets the running turns finish, then drops this activation; later calls get a fresh one.</summary>
    protected void DeactivateOnIdle() => GrainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    /// <inheritdoc cref="IGrainContext.DelayDeactivation"/>
    protected void DelayDeactivation(TimeSpan timeSpan) => GrainContext.DelayDeactivation(timeSpan);
}
