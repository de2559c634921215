using System.Buffers;

namespace AwoooP.Runtime.Transport;

/// <summary>One connection to a peer, after the handshake. It carries frames both ways until either side closes it.</summary>
internal sealed class Link
{
    /// <summary>So many bytes received take far less than a millisecond to hand on.</summary>
    private const int ShortRead = 64 * 1024;

    private readonly LinkChannel _channel;
    private readonly TransportContext _context;
    private readonly SendQueue _queue;
    private readonly int _silenceLimit;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _pulse;
    private Exception? _cause;
    private volatile bool _open = true;
    private bool _peerEnded;
    private long _reads;
    private long _received;
    private long _readsSeen;
    private long _sentSeen;
    private int _silentBeats;

    /// <param name="id">The same at both ends: from the handshake.</param>
    /// <param name="maxFrameBytes">The lower of both sides' bounds.</param>
    public Link(LinkChannel channel, Peer peer, Guid id, bool isDialled, int maxFrameBytes, TransportContext context)
    {
        _channel = channel;
        _context = context;
        Peer = peer;
        Id = id;
        IsDialled = isDialled;
        MaxFrameBytes = maxFrameBytes;
        _queue = new SendQueue(channel.Output, context.Options.MaxQueuedBytes, Abort);
        _silenceLimit = (int)Math.Ceiling(context.Options.PingTimeout / context.Options.PingInterval);
    }

    public Peer Peer { get; }

    public Guid Id { get; }

    /// <summary>Whether this side dialled.</summary>
    public bool IsDialled { get; }

    /// <summary>The longest body that both sides take.</summary>
    public int MaxFrameBytes { get; }

    /// <summary>Whether requests are taken; false as soon as either side closes.</summary>
    public bool IsOpen => _open;

    /// <summary>Ends after <see cref="ILinkOwner.Closed"/>.</summary>
    public Task Completion => _closed.Task;

    public long FramesSent => _queue.Frames;

    public long FramesReceived => Volatile.Read(ref _received);

    public long BytesSent => _queue.Bytes;

    /// <summary>Queues a frame; one sender's frames arrive in its order. Never waits; from any thread.</summary>
    /// <param name="mayUseReserve">A short frame, which is better sent over the bound of queued bytes than not.</param>
    /// <exception cref="FrameException">The body is longer than <see cref="MaxFrameBytes"/>.</exception>
    public SendResult Send(FrameKind kind, ReadOnlySpan<byte> body, bool mayUseReserve = false)
    {
        if (body.Length > MaxFrameBytes)
            throw FrameException.TooLong(body.Length, MaxFrameBytes);
        return _queue.Send(kind, body, mayUseReserve);
    }

    /// <summary>
    /// Says goodbye after what is queued, and waits until the peer has said so too. What the peer asks until then can still be answered.
    /// With the token cancelled the connection is cut.
    /// </summary>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        _open = false;
        _queue.SayGoodbye();
        await using (cancellationToken.Register(() => Abort(new LinkLostException("The peer did not say goodbye in time."))))
            await _closed.Task.ConfigureAwait(false);
    }

    /// <summary>Frames gather until this; so an admitted link can be handed out before the handshake's last byte is sent.</summary>
    public void Start()
    {
        _pulse = _context.Time.CreateTimer(static link => ((Link)link!).Beat(), this, _context.Options.PingInterval, _context.Options.PingInterval);
        _queue.Start();
        _ = ReadAsync();
    }

    /// <summary>Cuts the connection. The first cause is what the owner is told.</summary>
    public void Abort(Exception cause)
    {
        Interlocked.CompareExchange(ref _cause, cause, null);
        _open = false;
        _queue.Abort();
        _channel.Abort();
    }

    /// <summary>Ends a link that was never handed out.</summary>
    public ValueTask DropAsync() => _channel.DisposeAsync();

    /// <summary>Ends a link that was handed out and never started.</summary>
    public async ValueTask DiscardAsync(Exception cause)
    {
        Abort(cause);
        await EndAsync(cause).ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        Exception? cause = null;
        try
        {
            // In one method: what waits for bytes is made once for the link and not for each read.
            for (var reading = true; reading;)
            {
                var result = await _channel.Input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                _reads++;
                if (result.Buffer.Length <= ShortRead)
                    _queue.Hold();
                _channel.Input.AdvanceTo(Deliver(result.Buffer), result.Buffer.End);
                _queue.Release();
                reading = !_peerEnded && !result.IsCompleted && !result.IsCanceled;
            }

            if (_peerEnded)
                await _queue.Drained.ConfigureAwait(false);
            else
                cause = new LinkLostException("The peer hung up.");
        }
        catch (Exception exception)
        {
            cause = exception;
        }

        await EndAsync(Volatile.Read(ref _cause) ?? cause).ConfigureAwait(false);
    }

    /// <returns>Where the first frame begins that is not there whole.</returns>
    private SequencePosition Deliver(ReadOnlySequence<byte> buffer)
    {
        while (!_peerEnded && FrameFormat.TryRead(ref buffer, MaxFrameBytes, out var kind, out var body))
        {
            _received++;
            switch (kind)
            {
                case FrameKind.Ping:
                    break;
                case FrameKind.Goodbye:
                case FrameKind.End:
                    _peerEnded = kind == FrameKind.End;
                    _open = false;
                    _queue.End();
                    break;
                default:
                    _context.Owner.Received(this, kind, body);
                    break;
            }
        }

        return buffer.Start;
    }

    private async Task EndAsync(Exception? cause)
    {
        _open = false;
        _queue.Abort();
        if (_pulse is not null)
            await _pulse.DisposeAsync().ConfigureAwait(false);
        if (cause is not null)
            _channel.Abort();
        await _queue.Drained.ConfigureAwait(false);
        await _channel.DisposeAsync().ConfigureAwait(false);
        try
        {
            _context.Ended(this, cause);
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    // Silence is counted in beats rather than in time: a process that was stopped for a while has missed no beat of its own.
    private void Beat()
    {
        var reads = Volatile.Read(ref _reads);
        _silentBeats = reads == _readsSeen ? _silentBeats + 1 : 0;
        _readsSeen = reads;
        if (_silentBeats >= _silenceLimit)
        {
            Abort(new LinkLostException($"The peer was silent for {_context.Options.PingTimeout}."));
            return;
        }

        var sent = _queue.Frames;
        if (sent == _sentSeen)
            _queue.Ping();
        _sentSeen = _queue.Frames;
    }
}
