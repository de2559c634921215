using System.Collections.Concurrent;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Operators;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// Keys as their grains hold them, remembered for <see cref="FrontOptions.KeyCache"/>: that is how long a revoked key may still work
/// on another silo (on this one it is forgotten at once).
/// </summary>
internal sealed class OperatorKeyDirectory(IClusterClient cluster, TimeProvider time, IOptions<FrontOptions> options)
{
    /// <summary>Unknown ids are remembered too, so that guessing does not wake a grain a guess; this bounds what guessing can fill.</summary>
    private const int MaxUnknown = 4096;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _forgotten;

    /// <summary>The key, good or not any more; null when there is none.</summary>
    /// <param name="mayAsk">False: an id that is not known here is taken for none, and its grain is left alone.</param>
    public async ValueTask<OperatorKeyView?> FindAsync(string keyId, bool mayAsk, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (!_entries.TryGetValue(keyId, out var entry) || time.GetElapsedTime(entry.ReadAt, started) > options.Value.KeyCache)
        {
            if (!mayAsk && entry?.View is null)
                return null;

            var forgotten = Volatile.Read(ref _forgotten);
            CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = Actors.Platform };
            var view = await cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{keyId}").GetAsync(cancellationToken);
            entry = new Entry(view, started);
            Remember(keyId, entry, forgotten);
        }

        return entry.View;
    }

    /// <summary>The key, when it is neither revoked nor ended; whether a secret of it is still good is another question.</summary>
    public async ValueTask<OperatorKeyView?> FindValidAsync(string keyId, CancellationToken cancellationToken) =>
        await FindAsync(keyId, mayAsk: true, cancellationToken) is { } key && Refusal(key, KeySecret.Current) is null ? key : null;

    /// <summary>Why the key is not taken, though its secret fits; null when it is.</summary>
    public ProblemDocument? Refusal(OperatorKeyView key, KeySecret secret)
    {
        if (key.Revoked)
            return Problem.Unauthorized("key_revoked", "The key was revoked.");

        var now = time.GetUtcNow();
        if (key.ExpiresAt <= now)
            return Problem.Unauthorized("key_expired", "The key has ended.");

        return secret == KeySecret.Previous && !(key.PreviousUntil > now)
            ? Problem.Unauthorized("key_rotated", "The key has got a new secret, and the time in which this one was good beside it is over.")
            : null;
    }

    public void Forget(string keyId)
    {
        lock (_gate)
        {
            _forgotten++;
            _entries.TryRemove(keyId, out _);
        }
    }

    /// <summary>Not when a key was forgotten since the read began: what was read may be from before its revocation.</summary>
    private void Remember(string keyId, Entry entry, long forgotten)
    {
        lock (_gate)
        {
            if (_forgotten != forgotten)
                return;

            // Those that there are stay: they are no more than were issued, and must be known while an address that guesses may ask no grain.
            if (entry.View is null && _entries.Count >= MaxUnknown)
            {
                foreach (var (unknown, _) in _entries.Where(static known => known.Value.View is null))
                    _entries.TryRemove(unknown, out _);
            }

            _entries[keyId] = entry;
        }
    }

    private sealed record Entry(OperatorKeyView? View, long ReadAt);
}
