namespace AwoooP.Redaction;

/// <summary>Redaction of labels, annotations and other small maps.</summary>
public static class RedactorExtensions
{
    /// <summary>The same map when nothing was found, else a redacted copy. Keys stay as they are unless a key itself holds a secret.</summary>
    public static IReadOnlyDictionary<string, string> Redacted(this IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Dictionary<string, string>? copy = null;
        foreach (var (name, value) in map)
        {
            var cleanName = Redactor.Redact(name);
            var cleanValue = Redactor.Redact(name, value);
            if (ReferenceEquals(cleanName, name) && ReferenceEquals(cleanValue, value))
                continue;
            copy ??= new Dictionary<string, string>(map);
            copy.Remove(name);
            copy[cleanName] = cleanValue;
        }

        return copy ?? map;
    }
}
