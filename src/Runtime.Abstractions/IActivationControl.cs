namespace AwoooP.Runtime;

/// <summary>For whoever knows that what grains hold in memory is no longer so: a lost lease, a restored database.</summary>
public interface IActivationControl
{
    /// <summary>
    /// Deactivates the grains that are selected, each once its running turns are through; the calls that wait are answered
    /// by fresh activations.
    /// </summary>
    /// <param name="selects">Asked once for each activation; must be quick.</param>
    /// <param name="reason">What the grains are told.</param>
    /// <returns>Done when all of them are out of memory.</returns>
    Task DeactivateAsync(Func<GrainId, bool> selects, DeactivationReason reason, CancellationToken cancellationToken);
}
