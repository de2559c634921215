namespace AwoooP.Runtime;

/// <summary>
/// Hands the activation to the constructor of its grain, so that a grain class needs no constructor parameter for it.
/// Construction is synchronous, so a thread static is enough.
/// </summary>
internal static class GrainConstruction
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current => _current;

    public static Grain Construct<TState>(IGrainContext context, TState state, Func<TState, IGrainContext, Grain> factory)
    {
        var outer = _current;
        _current = context;
        try
        {
            return factory(state, context);
        }
        finally
        {
            _current = outer;
        }
    }
}
