using System.Collections.Concurrent;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.CodeGeneration;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>The calls that are under way over one link: those sent and not answered, and those received and not ended.</summary>
internal sealed class LinkCalls(Link link, EngineOptions options)
{
    private readonly PendingCalls _sent = new();
    private readonly ConcurrentDictionary<long, Request> _received = new();

    public Link Link => link;

    /// <returns>What became of it; unless it was queued, the call was surely not sent.</returns>
    public SendResult Send(Request request)
    {
        var id = 0L;
        var isAwaited = !request.Call.Method.IsOneWay;
        if (isAwaited && !_sent.TryAdd(request, out id))
            return SendResult.Closed;
        if (isAwaited)
            request.MarkSent(new SentCall(this, id));

        // Given up before it was sent: it need not be.
        if (isAwaited && request.IsAnswered)
        {
            _sent.Take(id);
            return SendResult.Queued;
        }

        SendResult result;
        try
        {
            var frame = FrameWriter.Start();
            RequestFrame.Write(frame, id, request, options);
            result = link.Send(FrameKind.Request, frame.Written);
        }
        catch (Exception)
        {
            _sent.Take(id);
            throw;
        }

        // Whoever closed the link meanwhile may have taken it already, and then deals with it.
        if (result != SendResult.Queued && isAwaited && _sent.Take(id) is null)
            return SendResult.Queued;
        return result;
    }

    public Request? Answered(long id) => _sent.Take(id);

    public void GiveUp(long id)
    {
        if (_sent.Take(id) is null)
            return;
        var frame = FrameWriter.Start();
        frame.Int64(id);
        link.Send(FrameKind.Cancel, frame.Written);
    }

    public void Begin(long id, Request received) => _received[id] = received;

    public void End(long id) => _received.TryRemove(id, out _);

    /// <summary>The asking side gave it up.</summary>
    public void CancelReceived(long id)
    {
        if (_received.TryRemove(id, out var request))
            request.Cancel();
    }

    /// <summary>The link has ended; what it leaves unanswered.</summary>
    public IReadOnlyList<Request> Close() => _sent.Close();

    public void Answer<TResult>(long id, TResult result)
    {
        var frame = FrameWriter.Start();
        frame.Int64(id);
        frame.Json((result, options.Messages), static (json, state) => GrainArguments.Write(json, state.Messages, state.result));
        Reply(FrameKind.Answer, frame);
    }

    /// <param name="payload">The result as it is sent; empty for none.</param>
    public void Answer(long id, ReadOnlySpan<byte> payload)
    {
        var frame = FrameWriter.Start();
        frame.Int64(id);
        frame.Bytes(payload);
        Reply(FrameKind.Answer, frame);
    }

    /// <inheritdoc cref="FaultFrame.Write(FrameWriter, long, Exception, bool, IReadOnlyList{GrainFault})"/>
    public void Fault(long id, Exception fault, bool hasRun)
    {
        var frame = FrameWriter.Start();
        FaultFrame.Write(frame, id, fault, hasRun, options.PromisedFaults);
        Reply(FrameKind.Fault, frame);
    }

    // An asker that takes no answers is of no use: without the link it knows that they are lost.
    private void Reply(FrameKind kind, FrameWriter frame)
    {
        if (link.Send(kind, frame.Written) == SendResult.Full)
            link.Abort(new LinkLostException("The peer takes no answers."));
    }
}
