using System.Collections.Concurrent;
using AwoooP.Runtime.CodeGeneration;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>The calls that are under way over one link: those sent and not answered, and those received and not ended.</summary>
internal sealed class LinkCalls(Link link, EngineOptions options)
{
    /// <summary>A reply up to this may use the link's reserve: it is hardly longer than the fault that would take its place.</summary>
    private const int ShortReply = 512;

    private readonly PendingCalls _sent = new(options.MaxCallsToSilo);
    private readonly ConcurrentDictionary<long, IInboundCall> _received = new();
    // The read loop's own.
    private long _begun;
    private long _ended;

    public Link Link => link;

    /// <summary>Whether the peer has as many calls under way here as it may. Asked by the read loop.</summary>
    public bool IsFull => _begun - Interlocked.Read(ref _ended) >= options.MaxCallsFromSilo;

    /// <returns>What became of it; unless it was queued, the call was surely not sent.</returns>
    public SendResult Send(IOutboundCall call)
    {
        if (call.IsOneWay)
        {
            var told = Write(call, 0);
            if (told == SendResult.Queued)
                call.Complete([]);
            return told;
        }

        var sent = new SentCall(this, call);
        if (_sent.Add(sent) is not SendResult.Queued and var refused)
            return refused;
        call.MarkSent(sent);

        // Given up before it was sent: it need not be.
        if (call.IsAnswered)
        {
            _sent.Take(sent.Id);
            return SendResult.Queued;
        }

        var result = SendResult.None;
        try
        {
            result = Write(call, sent.Id);
        }
        finally
        {
            if (result != SendResult.Queued)
                _sent.Take(sent.Id);
        }

        if (result != SendResult.Queued)
            return result;
        if (!sent.TryMarkQueued())
            call.Lose();
        else if (call.IsAnswered)
            // Given up while it was being written: what was said of it then may have gone out before it.
            Cancel(sent.Id);
        return result;
    }

    public IOutboundCall? Answered(long id) => _sent.Take(id)?.Call;

    public void GiveUp(long id)
    {
        if (_sent.Take(id) is not null)
            Cancel(id);
    }

    /// <exception cref="InvalidDataException">The peer has a call of this id under way already: its link is of no use.</exception>
    public void Begin(long id, IInboundCall received)
    {
        if (!_received.TryAdd(id, received))
            throw new InvalidDataException("A call has the id of another one that is under way.");
        _begun++;
    }

    public void End(long id) => TakeReceived(id);

    /// <summary>The asking side gave it up.</summary>
    public void CancelReceived(long id) => TakeReceived(id)?.Cancel();

    /// <summary>The link has ended.</summary>
    public void Close()
    {
        foreach (var sent in _sent.Close())
        {
            if (sent.EndWithLink())
                sent.Call.Lose();
        }

        // Nobody waits for these any more; the asking side sends some of them again.
        foreach (var (id, _) in _received)
            CancelReceived(id);
    }

    /// <summary>The peer has looked at an old map.</summary>
    public void MapChanged() => link.Send(FrameKind.MapChanged, [], mayUseReserve: true);

    public void Answer<TResult>(long id, TResult result)
    {
        var frame = FrameWriter.Start();
        frame.Int64(id);
        frame.Json((result, options.Messages), static (json, state) => GrainArguments.Write(json, state.Messages, state.result));
        Reply(FrameKind.Answer, id, frame);
    }

    /// <inheritdoc cref="FaultFrame.Write(FrameWriter, long, Exception, bool, IReadOnlyList{GrainFault})"/>
    public void Fault(long id, Exception fault, bool hasRun)
    {
        var frame = FrameWriter.Start();
        FaultFrame.Write(frame, id, fault, hasRun, options.PromisedFaults);
        Reply(FrameKind.Fault, id, frame);
    }

    /// <param name="code">One that needs no message.</param>
    public void Fault(long id, string code)
    {
        var frame = FrameWriter.Start();
        FaultFrame.Write(frame, id, code);
        Reply(FrameKind.Fault, id, frame);
    }

    /// <param name="body">What follows the id: none of an answer without a result; of a call that was forwarded, what came back.</param>
    public void Reply(FrameKind kind, long id, ReadOnlySpan<byte> body)
    {
        var frame = FrameWriter.Start();
        frame.Int64(id);
        frame.Bytes(body);
        Reply(kind, id, frame);
    }

    private void Cancel(long id)
    {
        var frame = FrameWriter.Start();
        frame.Int64(id);
        link.Send(FrameKind.Cancel, frame.Written, mayUseReserve: true);
    }

    private SendResult Write(IOutboundCall call, long id)
    {
        var frame = FrameWriter.Start();
        call.Write(frame, id);
        return link.Send(FrameKind.Request, frame.Written);
    }

    /// <summary>A peer that takes less than it asks for loses the answers that do not fit, each by itself. One that does not even take that is of no use.</summary>
    private void Reply(FrameKind kind, long id, FrameWriter frame)
    {
        if (link.Send(kind, frame.Written, mayUseReserve: frame.Written.Length <= ShortReply) != SendResult.Full)
            return;
        var lost = FrameWriter.Start();
        FaultFrame.Write(lost, id, FaultFrame.Lost);
        if (link.Send(FrameKind.Fault, lost.Written, mayUseReserve: true) == SendResult.Full)
            link.Abort(new LinkLostException("The peer takes no answers."));
    }

    private IInboundCall? TakeReceived(long id)
    {
        if (!_received.TryRemove(id, out var call))
            return null;
        Interlocked.Increment(ref _ended);
        return call;
    }
}
