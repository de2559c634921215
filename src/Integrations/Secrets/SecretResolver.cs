using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AwoooP.Integrations.Secrets;

/// <summary>
/// Reads secrets where they are kept: <c>env://NAME</c>, <c>file:///path</c> (the whole file) and <c>file:///path#key</c>
/// (a property of a JSON object, or a line <c>key=value</c>). White space around a value is none of it. A value stays in memory for at most a minute,
/// so that a rotated one is soon used.
/// </summary>
internal sealed class SecretResolver(TimeProvider time)
{
    public const string EnvironmentScheme = "env://";
    public const string FileScheme = "file://";
    private const int MaxFileBytes = 64 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (string Value, long ReadAt)> _cache = new(StringComparer.Ordinal);

    public static bool IsReference(string? text) =>
        text is not null && (text.StartsWith(EnvironmentScheme, StringComparison.Ordinal) || text.StartsWith(FileScheme, StringComparison.Ordinal));

    /// <exception cref="SecretUnavailableException">There is no such secret, or it is empty.</exception>
    public async ValueTask<string> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(reference, out var known) && time.GetElapsedTime(known.ReadAt) < Lifetime)
            return known.Value;
        _cache.TryRemove(reference, out _);
        var value = reference.StartsWith(EnvironmentScheme, StringComparison.Ordinal)
            ? Environment.GetEnvironmentVariable(reference[EnvironmentScheme.Length..])
            : reference.StartsWith(FileScheme, StringComparison.Ordinal) ? await ReadFileAsync(reference, cancellationToken) : null;
        // Whoever kept it may have ended it with a line break.
        value = value?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new SecretUnavailableException(reference);
        _cache[reference] = (value, time.GetTimestamp());
        return value;
    }

    /// <summary>A secret as what a request bears.</summary>
    /// <exception cref="SecretUnavailableException">There is no such secret, or it has characters that no header takes: known before anything is sent.</exception>
    public async ValueTask<AuthenticationHeaderValue> ResolveBearerAsync(string reference, CancellationToken cancellationToken)
    {
        var secret = await ResolveAsync(reference, cancellationToken);
        return secret.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw new SecretUnavailableException(reference, "it has characters that no header takes")
            : new AuthenticationHeaderValue("Bearer", secret);
    }

    private static async Task<string?> ReadFileAsync(string reference, CancellationToken cancellationToken)
    {
        var place = reference[FileScheme.Length..];
        var hash = place.LastIndexOf('#');
        var path = hash < 0 ? place : place[..hash];
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxFileBytes)
                return null;
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return hash < 0 ? text : Find(text, place[(hash + 1)..]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SecretUnavailableException(reference, fault.GetType().Name);
        }
    }

    private static string? Find(string text, string key)
    {
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty(key, out var property) && property.ValueKind == JsonValueKind.String ? property.GetString() : null;
        }

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0 && line[..equals].Trim().SequenceEqual(key))
                return line[(equals + 1)..].ToString();
        }

        return null;
    }
}
