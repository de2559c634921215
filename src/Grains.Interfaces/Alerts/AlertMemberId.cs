using System.Text;

namespace AwoooP.Alerts;

/// <summary>
/// The identity of an alert member: 64-bit FNV-1a over its labels, sorted by name in ordinal order, each as name, 0xFF, value, 0xFF
/// in UTF-8. That is Alertmanager's fingerprint of a label set, so both sides name an alert alike.
/// </summary>
public static class AlertMemberId
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <param name="labels">Sorted by name, ordinal over UTF-8; no name twice, no empty value.</param>
    public static string OfSorted(ReadOnlySpan<KeyValuePair<string, string>> labels)
    {
        var hash = Offset;
        foreach (var (name, value) in labels)
        {
            hash = Add(hash, name);
            hash = Add(hash, value);
        }

        return hash.ToString("x16", null);
    }

    public static string Of(IReadOnlyDictionary<string, string> labels)
    {
        var sorted = labels.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return OfSorted(sorted);
    }

    private static ulong Add(ulong hash, string text)
    {
        const int OnStack = 512;
        var bytes = text.Length * 3 <= OnStack ? stackalloc byte[OnStack] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        foreach (var b in bytes[..length])
            hash = (hash ^ b) * Prime;

        return (hash ^ 0xFF) * Prime;
    }
}
