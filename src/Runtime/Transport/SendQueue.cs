using System.IO.Pipelines;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// The frames of a link that wait to go out. Senders copy into one buffer while the other is being written, so that all
/// that gathers during a write goes out with the next: the busier the link, the fewer the writes a frame.
/// </summary>
internal sealed class SendQueue(PipeWriter output, int maxBytes, Action<Exception> failed) : IThreadPoolWorkItem
{
    private const int SmallBytes = 16 * 1024;

    /// <summary>A buffer that grew past this is let go once no more than this goes out at a time.</summary>
    private const int KeptBytes = 1024 * 1024;

    /// <summary>What is handed over at once: the pipe behind stalls the writer only between these.</summary>
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Over the bound, for frames that are short and matter: that a call was given up, or that an answer did not fit.</summary>
    private const int ReserveBytes = 64 * 1024;

    /// <summary>While held, no less than this goes out.</summary>
    public const int HeldBytes = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _filling = new byte[SmallBytes];
    private byte[] _writing = new byte[SmallBytes];
    private int _fillingBytes;
    private int _writingBytes;
    private bool _started;
    private bool _running;
    private bool _held;
    private bool _saidGoodbye;
    private bool _ended;
    private bool _aborted;
    private long _frames;
    private long _bytes;

    /// <summary>After <see cref="End"/> and once all is written, or after <see cref="Abort"/>: nothing is written any longer.</summary>
    public Task Drained => _drained.Task;

    public long Frames => Interlocked.Read(ref _frames);

    public long Bytes => Interlocked.Read(ref _bytes);

    public SendResult Send(FrameKind kind, ReadOnlySpan<byte> body, bool mayUseReserve)
    {
        lock (_gate)
        {
            if (_ended || (_saidGoodbye && kind == FrameKind.Request))
                return SendResult.Closed;
            if (FrameFormat.HeaderBytes + body.Length > maxBytes + (mayUseReserve ? ReserveBytes : 0) - _fillingBytes - _writingBytes)
                return SendResult.Full;

            Append(kind, body);
            if (!TakeRun())
                return SendResult.Queued;
        }

        Run();
        return SendResult.Queued;
    }

    /// <summary>From here on frames go out; before it they gather.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _started = true;
            if ((_fillingBytes == 0 && !_ended) || !TakeRun())
                return;
        }

        Run();
    }

    /// <summary>Until <see cref="Release"/>, which has to be soon, frames gather: what is being received is about to be answered, and the answers go out together.</summary>
    public void Hold()
    {
        lock (_gate)
            _held = true;
    }

    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            if (_fillingBytes == 0 || !TakeRun())
                return;
        }

        Run();
    }

    /// <summary>Sends a ping, unless something else waits to go out. What is being written may have arrived long ago.</summary>
    public void Ping()
    {
        lock (_gate)
        {
            if (_ended || _fillingBytes > 0)
                return;

            Append(FrameKind.Ping, []);
            if (!TakeRun())
                return;
        }

        Run();
    }

    /// <summary>Takes no more requests, and sends a goodbye after what is queued, over the bound if need be.</summary>
    public void SayGoodbye()
    {
        lock (_gate)
        {
            if (_ended || _saidGoodbye)
                return;

            Append(FrameKind.Goodbye, []);
            _saidGoodbye = true;
            if (!TakeRun())
                return;
        }

        Run();
    }

    /// <summary>Takes no more at all, and says so after what is queued.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ended)
                return;

            if (!_saidGoodbye)
                Append(FrameKind.Goodbye, []);
            Append(FrameKind.End, []);
            _ended = true;
            if (!TakeRun())
                return;
        }

        Run();
    }

    /// <summary>Takes no more, and drops what is queued.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _ended = _aborted = true;
            _fillingBytes = 0;
            if (!_running)
                _drained.TrySetResult();
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    // To the shared queue of the pool: what is ready to run before it may add its frames to the same write.
    private void Run() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool TakeRun()
    {
        if (_running || !_started || IsGathering)
            return false;
        _running = true;
        return true;
    }

    private bool IsGathering => _held && !_ended && _fillingBytes < HeldBytes;

    private void Append(FrameKind kind, ReadOnlySpan<byte> body)
    {
        var size = FrameFormat.HeaderBytes + body.Length;
        if (_filling.Length - _fillingBytes < size)
            Array.Resize(ref _filling, (int)Math.Min(Math.Max(2L * _filling.Length, _fillingBytes + (long)size), Array.MaxLength));

        var target = _filling.AsSpan(_fillingBytes);
        FrameFormat.WriteHeader(target, kind, body.Length);
        body.CopyTo(target[FrameFormat.HeaderBytes..]);
        _fillingBytes += size;
        _frames++;
        _bytes += size;
    }

    // One at a time: only who took the run comes here, and the run is given back only with nothing left to write.
    private async Task WriteAsync()
    {
        try
        {
            while (TrySwap(out var rest))
            {
                while (!rest.IsEmpty && !Volatile.Read(ref _aborted))
                {
                    var chunk = rest[..Math.Min(rest.Length, ChunkBytes)];
                    var flushed = await output.WriteAsync(chunk, CancellationToken.None).ConfigureAwait(false);
                    if (flushed.IsCompleted || flushed.IsCanceled)
                        throw new LinkLostException("The connection takes no more bytes.");

                    rest = rest[chunk.Length..];
                    lock (_gate)
                        _writingBytes -= chunk.Length;
                }
            }
        }
        catch (Exception exception)
        {
            failed(exception);
            lock (_gate)
                EndRun();
        }
    }

    private bool TrySwap(out ReadOnlyMemory<byte> batch)
    {
        lock (_gate)
        {
            batch = default;
            if (_fillingBytes == 0 || IsGathering)
            {
                EndRun();
                return false;
            }

            var spare = _writing.Length > KeptBytes && _fillingBytes < KeptBytes ? new byte[SmallBytes] : _writing;
            (_filling, _writing) = (spare, _filling);
            _writingBytes = _fillingBytes;
            _fillingBytes = 0;
            batch = _writing.AsMemory(0, _writingBytes);
            return true;
        }
    }

    private void EndRun()
    {
        _running = false;
        _writingBytes = 0;
        if (_ended)
            _drained.TrySetResult();
    }
}
