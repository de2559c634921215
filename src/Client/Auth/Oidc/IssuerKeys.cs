using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>
/// The keys of one issuer, kept. They are fetched at the first token, again when they are old, and when a token names a key that is not among
/// them: by one request at a time, and never twice within <see cref="OidcOptions.RefetchInterval"/>, whatever tokens come.
/// </summary>
internal sealed partial class IssuerKeys(
    OidcIssuer issuer, OidcOptions options, IssuerDocuments documents, TimeProvider time, ILogger<IssuerKeys> logger)
{
    private readonly Lock _gate = new();
    private Known? _known;
    private long? _begunAt;
    private Task _fetch = Task.CompletedTask;

    public OidcIssuer Issuer => issuer;

    /// <returns>The key, or why there is none.</returns>
    public async ValueTask<(IssuerKey? Key, TokenRefusal? Refusal)> FindAsync(string? keyId, string algorithm, CancellationToken cancellationToken)
    {
        // Old keys are not used on the quiet while news are on their way: one that was withdrawn is then withdrawn here. When the fetch fails, they serve on.
        if (Current() is { } known && time.GetElapsedTime(known.At) < options.KeysRefresh && known.Keys.Find(keyId, algorithm) is { } key)
            return (key, null);

        await FetchAsync().WaitAsync(cancellationToken);
        return Current() is not { } now ? (null, TokenRefusal.NoKeys)
            : now.Keys.Find(keyId, algorithm) is { } found ? (found, null)
            : (null, TokenRefusal.Key);
    }

    private Known? Current() => Volatile.Read(ref _known) is { } known && time.GetElapsedTime(known.At) < options.KeysKept ? known : null;

    /// <summary>The fetch that is under way, or a new one if the last began long enough ago. It never fails: what was known stays.</summary>
    private Task FetchAsync()
    {
        lock (_gate)
        {
            if (!_fetch.IsCompleted || (_begunAt is { } begun && time.GetElapsedTime(begun) < options.RefetchInterval))
                return _fetch;

            _begunAt = time.GetTimestamp();
            return _fetch = FetchNowAsync();
        }
    }

    private async Task FetchNowAsync()
    {
        using var timeout = new CancellationTokenSource(options.FetchTimeout, time);
        var begun = time.GetTimestamp();
        try
        {
            var keys = await documents.KeysAsync(issuer, timeout.Token);
            Volatile.Write(ref _known, new Known(keys, begun));
            LogFetched(issuer.Name, keys.Count);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            LogFailed(issuer.Name, fault is HttpRequestException { StatusCode: { } status } ? $"HTTP {(int)status}" : fault.GetType().Name, Current()?.Keys.Count ?? 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched {Count} keys of issuer {Issuer}")]
    private partial void LogFetched(string issuer, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of issuer {Issuer} could not be fetched ({Fault}); {Count} known ones serve on")]
    private partial void LogFailed(string issuer, string fault, int count);

    private sealed record Known(KeySet Keys, long At);
}
