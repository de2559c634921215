namespace AwoooP.Runtime;

/// <summary>One activation of a grain, as the engine hands it to the grain.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    IServiceProvider ActivationServices { get; }

    IGrainFactory GrainFactory { get; }

    /// <summary>Asks for this activation to leave memory once its running turns are through. Calls that wait are answered by the next activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    /// <summary>Keeps this activation from being collected as idle for at least so long; a negative span lifts that again.</summary>
    void DelayDeactivation(TimeSpan timeSpan);

    /// <inheritdoc cref="GrainTimerExtensions"/>
    IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
