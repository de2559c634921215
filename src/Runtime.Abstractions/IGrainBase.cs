namespace AwoooP.Runtime;

/// <summary>What the engine needs of a grain class.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token);

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token);
}
