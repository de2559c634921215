using System.Collections.Concurrent;
using System.Threading.Channels;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>
/// Tells keys that they were used: at most once an hour each, behind the requests and never in their way. It is for people who look which keys
/// can go, so what is lost when a front ends, or when too many wait, is told by the next use.
/// </summary>
internal sealed partial class KeyUse(IClusterClient cluster, TimeProvider time, ILogger<KeyUse> logger) : BackgroundService
{
    private const int MaxWaiting = 1024;
    private const int MaxNoted = 4096;

    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly ConcurrentDictionary<string, long> _noted = new(StringComparer.Ordinal);

    public void Note(OperatorKeyView key)
    {
        if (key.LastUsedAt + OperatorKeyView.UseInterval > time.GetUtcNow())
            return;

        var now = time.GetTimestamp();
        if (_noted.TryGetValue(key.KeyId, out var at) && time.GetElapsedTime(at, now) < OperatorKeyView.UseInterval)
            return;

        if (_noted.Count >= MaxNoted)
            _noted.Clear();
        if (_waiting.Writer.TryWrite(key.KeyId))
            _noted[key.KeyId] = now;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var keyId in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                CallContext.Current = new CallContext { ProjectId = IOperatorKeyGrain.Project, Actor = Actors.Platform };
                await cluster.GetGrain<IOperatorKeyGrain>($"{IOperatorKeyGrain.Project}/{keyId}").NoteUseAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                _noted.TryRemove(keyId, out _);
                LogNotNoted(keyId, fault.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of operator key {KeyId} could not be noted ({Fault})")]
    private partial void LogNotNoted(string keyId, string fault);
}
