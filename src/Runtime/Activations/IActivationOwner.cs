namespace AwoooP.Runtime.Activations;

/// <summary>Where an activation is found by its callers.</summary>
internal interface IActivationOwner
{
    /// <summary>
    /// Takes the activation out and, when calls still wait, puts a new one with those calls in its place, in one step: a
    /// call that comes meanwhile finds either, and never overtakes those that waited. Called under the retired one's gate.
    /// </summary>
    /// <returns>The new activation; null when nothing waited.</returns>
    Activation? Replace(Activation retired, WaitingTurns waiting);
}
