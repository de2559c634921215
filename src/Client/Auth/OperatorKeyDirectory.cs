using System.Collections.Concurrent;
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
    private const int MaxEntries = 4096;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _forgotten;

    public async ValueTask<OperatorKeyView?> FindValidAsync(string keyId, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (!_entries.TryGetValue(keyId, out var entry) || time.GetElapsedTime(entry.ReadAt, started) > options.Value.KeyCache)
        {
            var forgotten = Volatile.Read(ref _forgotten);
            CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = Actors.Platform };
            var view = await cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{keyId}").GetAsync(cancellationToken);
            entry = new Entry(view, started);
            Remember(keyId, entry, forgotten);
        }

        return entry.View is { Revoked: false } key && !(key.ExpiresAt <= time.GetUtcNow()) ? key : null;
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

            if (_entries.Count >= MaxEntries)
                _entries.Clear();

            _entries[keyId] = entry;
        }
    }

    private sealed record Entry(OperatorKeyView? View, long ReadAt);
}
