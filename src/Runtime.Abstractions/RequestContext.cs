using System.Collections.Immutable;

namespace AwoooP.Runtime;

/// <summary>Values that travel beside every call, from caller to callee.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Values.Value = (Values.Value ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key))
            return false;

        Values.Value = values.Remove(key);
        return true;
    }

    public static void Clear() => Values.Value = null;
}
