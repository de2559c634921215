using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Calls;

/// <summary>The one answer to a call from another process.</summary>
/// <param name="to">What was asked.</param>
/// <param name="link">Where it came from, and the answer goes.</param>
internal sealed class Reply(ReceivedCall to, LinkCalls link)
{
    private int _isGiven;

    public ReceivedCall To => to;

    public LinkCalls Link => link;

    public bool IsGiven => Volatile.Read(ref _isGiven) != 0;

    /// <summary>The call is done and has no result.</summary>
    /// <returns>Whether this was the first answer, as of the others here.</returns>
    public bool TryAnswer()
    {
        if (!TryGive())
            return false;
        if (!to.Header.IsOneWay)
            link.Reply(FrameKind.Answer, to.Header.Id, []);
        return true;
    }

    public bool TryAnswer<TResult>(TResult result)
    {
        if (!TryGive())
            return false;
        try
        {
            link.Answer(to.Header.Id, result);
        }
        catch (Exception unspeakable)
        {
            // The grain has done its work; only its answer cannot be written.
            link.Fault(to.Header.Id, unspeakable, hasRun: true);
        }

        return true;
    }

    public bool TryFail(Exception fault, bool hasRun)
    {
        if (!TryGive())
            return false;
        if (!to.Header.IsOneWay)
            link.Fault(to.Header.Id, fault, hasRun);
        return true;
    }

    private bool TryGive()
    {
        if (Interlocked.Exchange(ref _isGiven, 1) != 0)
            return false;
        link.End(to.Header.Id);
        return true;
    }
}
