namespace AwoooP.Runtime;

/// <summary>
/// An immutable set of values, copied on write. A handful of entries, so a linear search over an array beats a dictionary.
/// </summary>
internal sealed class RequestContextValues
{
    private readonly KeyValuePair<string, object>[] _entries;

    private RequestContextValues(KeyValuePair<string, object>[] entries) => _entries = entries;

    public IEnumerable<string> Keys => _entries.Select(static entry => entry.Key);

    /// <summary>
    /// The execution context that holds these values and nothing else; made by the engine the first time that a turn
    /// runs with them, and shared by all later ones.
    /// </summary>
    public ExecutionContext? ExecutionContext { get; set; }

    public ReadOnlySpan<KeyValuePair<string, object>>.Enumerator GetEnumerator() => new ReadOnlySpan<KeyValuePair<string, object>>(_entries).GetEnumerator();

    public object? Get(string key)
    {
        var index = IndexOf(_entries, key);
        return index < 0 ? null : _entries[index].Value;
    }

    public static RequestContextValues With(RequestContextValues? values, string key, object value)
    {
        var entries = values?._entries ?? [];
        var index = IndexOf(entries, key);
        var copy = new KeyValuePair<string, object>[index < 0 ? entries.Length + 1 : entries.Length];
        entries.CopyTo(copy, 0);
        copy[index < 0 ? entries.Length : index] = new(key, value);
        return new RequestContextValues(copy);
    }

    public RequestContextValues? Without(string key) => _entries.Length == 1
        ? null
        : new RequestContextValues([.. _entries.Where(entry => entry.Key != key)]);

    private static int IndexOf(KeyValuePair<string, object>[] entries, string key) =>
        Array.FindIndex(entries, entry => entry.Key == key);
}
