using AwoooP.Runtime.Timing;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>
/// A call that a silo with an old map sent here, on its way to the owner. It is forwarded as it was written, and so is what comes back:
/// members, methods and grain types that this silo's version does not know lose nothing by it. The asking side keeps the time.
/// </summary>
/// <param name="rest">What follows the header.</param>
/// <param name="asker">Where it came from, and the answer goes.</param>
/// <param name="underWay">Where it has begun, unless it is one-way.</param>
internal sealed class ForwardedCall(RequestHeader header, byte[] rest, LinkCalls asker, ForwardedCalls underWay, TimingWheel wheel) : IOutboundCall, IInboundCall
{
    private readonly long _arrived = wheel.Now;
    private SentSlot _sent;
    private int _isAnswered;

    public bool IsOneWay => header.IsOneWay;

    public bool IsAnswered => Volatile.Read(ref _isAnswered) != 0;

    public void Write(FrameWriter frame, long id)
    {
        var left = header.Timeout - (TimingWheel.Tick * (wheel.Now - _arrived));
        (header with { Id = id, Hops = (byte)(header.Hops + 1), Timeout = left > TimingWheel.Tick ? left : TimingWheel.Tick }).Write(frame);
        frame.Bytes(rest);
    }

    public void MarkSent(SentCall? sent) => _sent.Set(sent);

    public void Complete(ReadOnlySpan<byte> payload)
    {
        if (!TryAnswer())
            return;
        try
        {
            asker.Reply(FrameKind.Answer, header.Id, payload);
        }
        catch (FrameException tooLong)
        {
            // The asking side takes shorter frames than the owner sends.
            asker.Fault(header.Id, tooLong, hasRun: true);
        }

        underWay.End();
    }

    public void Fail(ReadOnlySpan<byte> fault)
    {
        if (!TryAnswer())
            return;
        try
        {
            asker.Reply(FrameKind.Fault, header.Id, fault);
        }
        catch (FrameException)
        {
            // As above; the code needs no message and fits.
            asker.Fault(header.Id, FaultFrame.Lost);
        }

        underWay.End();
    }

    public void Lose()
    {
        if (!TryAnswer())
            return;
        asker.Fault(header.Id, FaultFrame.Lost);
        underWay.End();
    }

    public void Return(string siloId) => Refuse(new NotHereException());

    public bool Refuse(Exception refusal)
    {
        if (!TryAnswer())
            return false;
        asker.Fault(header.Id, refusal, hasRun: false);
        underWay.End();
        return true;
    }

    public void Cancel()
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
            return;
        _sent.GiveUp();
        underWay.End();
    }

    private bool TryAnswer()
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
            return false;
        if (IsOneWay)
            return false;
        asker.End(header.Id);
        return true;
    }
}
