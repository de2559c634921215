namespace AwoooP.Runtime;

/// <summary>
/// Values that travel with calls: what the caller has set at the time of the call, the called grain sees, and so on down
/// the chain. What the called grain sets does not travel back.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestContextValues?> Ambient = new();

    public static IEnumerable<string> Keys => Current?.Keys ?? [];

    /// <summary>Null when nothing is set. The values are immutable, so a call captures them by taking the reference.</summary>
    internal static RequestContextValues? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public static object? Get(string key) => Current?.Get(key);

    public static void Set(string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        Current = RequestContextValues.With(Current, key, value);
    }

    /// <returns>Whether there was such a value.</returns>
    public static bool Remove(string key)
    {
        if (Current is not { } values || values.Get(key) is null)
            return false;
        Current = values.Without(key);
        return true;
    }

    public static void Clear()
    {
        if (Current is not null)
            Current = null;
    }
}
