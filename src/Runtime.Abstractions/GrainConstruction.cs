namespace AwoooP.Runtime;

/// <summary>
/// Hands the activation to the constructor of its grain, so that a grain class needs no constructor parameter for it.
/// Construction is synchronous, so a thread static is enough.
/// </summary>
internal static class GrainConstruction
{
    [ThreadStatic]
    private static IGrainContext? s_current;

    public static IGrainContext? Current => s_current;

    public static Grain Construct<TState>(IGrainContext context, TState state, Func<TState, IGrainContext, Grain> factory)
    {
        var outer = s_current;
        s_current = context;
        try
        {
            return factory(state, context);
        }
        finally
        {
            s_current = outer;
        }
    }
}
