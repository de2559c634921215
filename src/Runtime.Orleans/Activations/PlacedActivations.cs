using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AwoooP.Runtime.Placement;
using Orleans.Metadata;

namespace AwoooP.Runtime.Activations;

/// <summary>The activations of partitioned grains that are in memory.</summary>
internal sealed class PlacedActivations(PartitionSites sites) : IConfigureGrainContextProvider, IConfigureGrainContext, IActivationControl
{
    private readonly ConcurrentDictionary<IGrainContext, PlacedActivation> _all = new();

    public IEnumerable<PlacedActivation> All => _all.Select(static pair => pair.Value);

    public bool TryGetConfigurator(GrainType grainType, GrainProperties properties, [NotNullWhen(true)] out IConfigureGrainContext? configurator)
    {
        configurator = PartitionedGrainTypes.Contain(properties) ? this : null;
        return configurator is not null;
    }

    public void Configure(IGrainContext context)
    {
        var placed = new PlacedActivation(context);
        context.SetComponent(placed);
        // After the directory let it in, and before its state is read.
        context.ObservableLifecycle.Subscribe(nameof(PlacedActivations), GrainLifecycleStage.First, _ =>
        {
            placed.Tenure = sites.TenureOf(context.GrainId);
            return Task.CompletedTask;
        });
        _all[context] = placed;
        _ = RemoveWhenDeactivatedAsync(context);
    }

    public Task DeactivateAsync(Func<GrainId, bool> selects, DeactivationReason reason, CancellationToken cancellationToken)
    {
        var leaving = _all.Keys.Where(context => selects(context.GrainId)).ToList();
        leaving.ForEach(context => context.Deactivate(reason, CancellationToken.None));
        return Task.WhenAll(leaving.Select(RemoveWhenDeactivatedAsync)).WaitAsync(cancellationToken);
    }

    private async Task RemoveWhenDeactivatedAsync(IGrainContext context)
    {
        // Whoever creates the activation, or ends it, goes on at once, and in a context of its own.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await context.Deactivated.ConfigureAwait(false);
        _all.TryRemove(context, out _);
    }
}
