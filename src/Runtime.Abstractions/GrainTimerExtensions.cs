namespace AwoooP.Runtime;

/// <summary>
/// Registers timers of an activation. A tick is a turn like any other: it never runs beside another turn unless it was
/// asked to interleave, and the next tick is due one period after the end of this one. A tick that throws is logged.
/// The token of the callback is cancelled when the timer is disposed or the activation ends.
/// </summary>
public static class GrainTimerExtensions
{
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        grain.GrainContext.RegisterTimer(static (run, token) => run(token), callback, options);

    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        grain.GrainContext.RegisterTimer(callback, state, options);

    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));
}
