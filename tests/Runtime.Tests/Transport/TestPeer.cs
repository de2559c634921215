using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Tests.Transport;

/// <summary>A process of a cluster, as far as links go: it notes what comes.</summary>
internal sealed class TestPeer : ILinkOwner, ILocalPeer, IAsyncDisposable
{
    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(static number => (byte)number)];

    private readonly ServiceProvider _services;
    private readonly MeterListener _metrics = new();
    private readonly ConcurrentDictionary<string, long> _refused = new();
    private readonly ConcurrentDictionary<(string Name, string? Tag), long> _measured = new();

    public TestPeer(string id, long incarnation = 1, PeerRole role = PeerRole.Silo, TimeProvider? time = null, Action<ClusterOptions>? configure = null)
    {
        Current = new Peer(id, incarnation, role);
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<ILocalPeer>(this);
        services.AddSingleton<ILinkOwner>(this);
        services.AddTransport(options =>
        {
            options.Secret = Secret;
            options.Address = role == PeerRole.Silo ? "127.0.0.1:0" : null;
            // A busy machine must not look like a dead one.
            options.HandshakeTimeout = TestSilo.Patience;
            options.PingTimeout = TestSilo.Patience;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Measure(_services.GetRequiredService<IMeterFactory>());
        Peers = _services.GetRequiredService<Peers>();
        Listener = _services.GetRequiredService<SiloListener>();
    }

    public Peer? Current { get; set; }

    public string Id => Current!.SiloId;

    public Peers Peers { get; }

    public SiloListener Listener { get; }

    public string Address => Listener.Address!;

    public ConcurrentQueue<(Link Link, FrameKind Kind, byte[] Body)> Frames { get; } = new();

    public ConcurrentDictionary<Link, Exception?> Ended { get; } = new();

    /// <summary>Runs on the read loop, before the frame is noted.</summary>
    public Action<Link, FrameKind>? WhenReceived { get; set; }

    public async Task<TestPeer> StartAsync()
    {
        await Listener.StartAsync(CancellationToken.None);
        return this;
    }

    public ValueTask<Link> ConnectAsync(TestPeer other) => Peers.GetAsync(other.Id, other.Address, CancellationToken.None);

    public async Task StopAsync()
    {
        await Listener.StopAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(TestSilo.Patience);
        await Peers.StopAsync(patience.Token);
    }

    public long Refused(string reason) => _refused.GetValueOrDefault(reason);

    /// <summary>What an instrument that is asked says now; 0 for a tag that it does not name.</summary>
    public long Measured(string name, string? tag = null)
    {
        _measured.Clear();
        _metrics.RecordObservableInstruments();
        return _measured.GetValueOrDefault((name, tag));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _metrics.Dispose();
    }

    void ILinkOwner.Received(Link link, FrameKind kind, ReadOnlySequence<byte> body)
    {
        WhenReceived?.Invoke(link, kind);
        Frames.Enqueue((link, kind, body.ToArray()));
    }

    void ILinkOwner.Closed(Link link, Exception? cause) => Ended.TryAdd(link, cause).ShouldBeTrue("the end of a link is told once");

    private void Measure(IMeterFactory factory)
    {
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineDiagnostics.Name && instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var tag = tags.IsEmpty ? null : (string)tags[0].Value!;
            if (instrument.IsObservable)
                _measured[(instrument.Name, tag)] = value;
            else
                _refused.AddOrUpdate(tag!, value, (_, sum) => sum + value);
        });
        _metrics.Start();
    }
}
