using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Calls;

/// <summary>The one answer to a received call.</summary>
internal struct Reply(ReceivedCall received, LinkCalls link)
{
    private int _isGiven;

    public readonly bool IsGiven => Volatile.Read(in _isGiven) != 0;

    /// <returns>Whether the answer is the asker's to send: it is the first.</returns>
    public bool TryGive()
    {
        if (Interlocked.Exchange(ref _isGiven, 1) != 0)
            return false;
        link.End(received.Id);
        return true;
    }

    public readonly void Send(ReadOnlySpan<byte> payload)
    {
        if (received.IsOneWay)
            return;
        try
        {
            link.Answer(received.Id, payload);
        }
        catch (FrameException tooLong)
        {
            link.Fault(received.Id, tooLong, hasRun: true);
        }
    }

    public readonly void SendResult<TResult>(TResult result)
    {
        try
        {
            link.Answer(received.Id, result);
        }
        catch (Exception unspeakable)
        {
            // The grain has done its work; only its answer cannot be written.
            link.Fault(received.Id, unspeakable, hasRun: true);
        }
    }

    public bool TryFail(Exception fault, bool hasRun)
    {
        if (!TryGive())
            return false;
        if (!received.IsOneWay)
            link.Fault(received.Id, fault, hasRun);
        return true;
    }
}
