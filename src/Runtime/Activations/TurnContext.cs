namespace AwoooP.Runtime.Activations;

/// <summary>The execution contexts in which turns start: nothing of the thread's past, and the request context of the call.</summary>
internal static class TurnContext
{
    private static ExecutionContext? _empty;

    /// <summary>Only inside a work item that began with <see cref="CaptureOfPoolThread"/>.</summary>
    public static ExecutionContext Empty => _empty!;

    /// <summary>
    /// Called first in a work item of the pool, before any code of a grain: the pool hands its threads out in the default context,
    /// and that is the only moment at which it can be captured.
    /// </summary>
    public static void CaptureOfPoolThread() => _empty ??= ExecutionContext.Capture()!;

    public static ExecutionContext Of(RequestContextValues? values) =>
        values is null ? Empty : values.ExecutionContext ??= Capture(values);

    private static ExecutionContext Capture(RequestContextValues values)
    {
        ExecutionContext.Restore(Empty);
        RequestContext.Current = values;
        return ExecutionContext.Capture()!;
    }
}
