using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Connections;

/// <summary>
/// Carries the bytes of a connection in frames: four bytes with the length, little-endian, and so many bytes. An empty frame is a ping.
/// The other end does the same.
/// </summary>
internal sealed class PingedTransport : IDuplexPipe, IAsyncDisposable
{
    private const int HeaderBytes = 4;

    private static readonly PipeOptions Inline = new(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private readonly IDuplexPipe _inner;
    private readonly Action<ConnectionAbortedException> _giveUp;
    private readonly PingOptions _options;
    private readonly Pipe _received = new(Inline);
    private readonly Pipe _toSend = new(Inline);
    private readonly ITimer _beat;
    private readonly Task _sending;
    private readonly Task _receiving;
    private long _reads;
    private long _readsSeen;
    private int _silentBeats;
    private volatile bool _isBlocked;

    /// <param name="giveUp">Told when the other end has been silent for too long.</param>
    public PingedTransport(IDuplexPipe inner, PingOptions options, Action<ConnectionAbortedException> giveUp, TimeProvider time)
    {
        _inner = inner;
        _options = options;
        _giveUp = giveUp;
        _sending = SendAsync();
        _receiving = ReceiveAsync();
        _beat = time.CreateTimer(static transport => ((PingedTransport)transport!).Beat(), this, options.PingInterval, options.PingInterval);
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _toSend.Writer;

    public async ValueTask DisposeAsync()
    {
        await _beat.DisposeAsync();
        await _toSend.Writer.CompleteAsync();
        await _received.Reader.CompleteAsync();
        _inner.Output.CancelPendingFlush();
        _inner.Input.CancelPendingRead();
        await Task.WhenAll(_sending, _receiving);
    }

    private async Task SendAsync()
    {
        Exception? fault = null;
        try
        {
            for (var ends = false; !ends;)
            {
                // A beat cancels it, and what is sent then is an empty frame, or what has come meanwhile.
                var read = await _toSend.Reader.ReadAsync().ConfigureAwait(false);
                WriteFrame(read.Buffer);
                _toSend.Reader.AdvanceTo(read.Buffer.End);
                var flushed = await _inner.Output.FlushAsync().ConfigureAwait(false);
                ends = read.IsCompleted || flushed.IsCompleted || flushed.IsCanceled;
            }
        }
        catch (Exception exception)
        {
            // Whoever writes is told.
            fault = exception;
        }

        await _inner.Output.CompleteAsync().ConfigureAwait(false);
        await _toSend.Reader.CompleteAsync(fault).ConfigureAwait(false);
    }

    private void WriteFrame(in ReadOnlySequence<byte> bytes)
    {
        var output = _inner.Output;
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(HeaderBytes), checked((int)bytes.Length));
        output.Advance(HeaderBytes);
        foreach (var segment in bytes)
            output.Write(segment.Span);
    }

    private async Task ReceiveAsync()
    {
        Exception? fault = null;
        try
        {
            var frameLeft = 0;
            for (var ends = false; !ends;)
            {
                var read = await _inner.Input.ReadAsync().ConfigureAwait(false);
                Interlocked.Increment(ref _reads);
                var rest = ReadFrames(read.Buffer, ref frameLeft);
                _inner.Input.AdvanceTo(rest.Start, rest.End);

                // While nobody takes what has come, the other end is not silent: it is not listened to.
                _isBlocked = true;
                var flushed = await _received.Writer.FlushAsync().ConfigureAwait(false);
                _isBlocked = false;
                ends = read.IsCompleted || read.IsCanceled || flushed.IsCompleted;
            }
        }
        catch (Exception exception)
        {
            // Whoever reads is told.
            fault = exception;
        }

        await _inner.Input.CompleteAsync().ConfigureAwait(false);
        await _received.Writer.CompleteAsync(fault).ConfigureAwait(false);
    }

    /// <returns>The beginning of a header that is not there whole.</returns>
    private ReadOnlySequence<byte> ReadFrames(ReadOnlySequence<byte> bytes, ref int frameLeft)
    {
        while (!bytes.IsEmpty)
        {
            if (frameLeft == 0)
            {
                var header = new SequenceReader<byte>(bytes);
                if (!header.TryReadLittleEndian(out frameLeft))
                    break;
                ArgumentOutOfRangeException.ThrowIfNegative(frameLeft);
                bytes = header.UnreadSequence;
            }

            var part = bytes.Slice(0, Math.Min(frameLeft, bytes.Length));
            foreach (var segment in part)
                _received.Writer.Write(segment.Span);
            frameLeft -= (int)part.Length;
            bytes = bytes.Slice(part.End);
        }

        return bytes;
    }

    // Silence is counted in beats rather than in time: a process that was stopped for a while has missed no beat of its own.
    private void Beat()
    {
        var reads = Interlocked.Read(ref _reads);
        _silentBeats = reads == _readsSeen && !_isBlocked ? _silentBeats + 1 : 0;
        _readsSeen = reads;
        if (_silentBeats >= _options.SilentBeats)
            _giveUp(new ConnectionAbortedException($"The other end was silent for {_options.PingTimeout}."));
        else
            _toSend.Reader.CancelPendingRead();
    }
}
