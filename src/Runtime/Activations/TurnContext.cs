namespace AwoooP.Runtime.Activations;

/// <summary>The execution contexts in which turns start: nothing of the thread's past, and the request context of the call.</summary>
internal static class TurnContext
{
    private static ExecutionContext? s_empty;

    /// <summary>
    /// Asked for first at the start of a work item of the pool, before any code of a grain: the pool hands its threads
    /// out in the default context, which is what is captured here.
    /// </summary>
    public static ExecutionContext Empty => s_empty ??= ExecutionContext.Capture()!;

    public static ExecutionContext Of(RequestContextValues? values) =>
        values is null ? Empty : values.ExecutionContext ??= Capture(values);

    private static ExecutionContext Capture(RequestContextValues values)
    {
        ExecutionContext.Restore(Empty);
        RequestContext.Current = values;
        return ExecutionContext.Capture()!;
    }
}
