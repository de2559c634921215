using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Transport;

/// <summary>What links carry is summed when asked for; it costs a frame nothing.</summary>
internal sealed class TransportMetrics
{
    private readonly ConcurrentDictionary<Link, bool> _open = new();
    private readonly Counter<long> _refused;
    private long _closedFramesSent;
    private long _closedFramesReceived;
    private long _closedBytesSent;

    public TransportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineDiagnostics.Name);
        _refused = meter.CreateCounter<long>("awooop.runtime.connections.refused", "{connection}", "Connections that became no link.");
        meter.CreateObservableGauge("awooop.runtime.connections", CountByRole, "{connection}", "Open links.");
        meter.CreateObservableCounter(
            "awooop.runtime.frames",
            () => new[] { Frames("sent", FramesSent), Frames("received", FramesReceived) },
            "{frame}",
            "Frames over links.");
        meter.CreateObservableCounter("awooop.runtime.bytes.sent", () => BytesSent, "By", "Bytes queued to links.");

        static Measurement<long> Frames(string direction, long value) => new(value, new KeyValuePair<string, object?>("direction", direction));
    }

    private long FramesSent => Interlocked.Read(ref _closedFramesSent) + _open.Keys.Sum(static link => link.FramesSent);

    private long FramesReceived => Interlocked.Read(ref _closedFramesReceived) + _open.Keys.Sum(static link => link.FramesReceived);

    private long BytesSent => Interlocked.Read(ref _closedBytesSent) + _open.Keys.Sum(static link => link.BytesSent);

    public void Opened(Link link) => _open[link] = true;

    public void Closed(Link link)
    {
        if (!_open.TryRemove(link, out _))
            return;

        Interlocked.Add(ref _closedFramesSent, link.FramesSent);
        Interlocked.Add(ref _closedFramesReceived, link.FramesReceived);
        Interlocked.Add(ref _closedBytesSent, link.BytesSent);
    }

    public void Refused(Refusal reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", Name(reason)));

    private static string Name(Refusal reason) => reason switch
    {
        Refusal.Stranger => "stranger",
        Refusal.Version => "version",
        Refusal.Secret => "secret",
        Refusal.TooLong => "too_long",
        Refusal.TooSlow => "too_slow",
        Refusal.HungUp => "hung_up",
        Refusal.Collision => "collision",
        Refusal.Stale => "stale",
        Refusal.WrongPeer => "wrong_peer",
        Refusal.NotReady => "not_ready",
        Refusal.Crowded => "crowded",
        Refusal.Tls => "tls",
        Refusal.LoopbackOnly => "loopback_only",
        _ => "other",
    };

    private IEnumerable<Measurement<long>> CountByRole() =>
        from link in _open.Keys
        group link by link.Peer.Role into role
        select new Measurement<long>(role.LongCount(), new KeyValuePair<string, object?>("role", role.Key == PeerRole.Client ? "client" : "silo"));
}
