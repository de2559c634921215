using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Calls;

/// <summary>What happens to a call on its way to other silos: the members of <see cref="IOutboundCall"/> that do not need its type of answer.</summary>
internal abstract partial class Request
{
    private SentSlot _sent;
    private long _parkedUntil;
    private short _partition = -1;
    // It was sent to a silo whose answer was lost, and goes out again: that it is refused now says nothing of the first time.
    private bool _mayHaveRun;

    public bool IsOneWay => Call.Method.IsOneWay;

    /// <summary>Of its grain.</summary>
    public short Partition => _partition >= 0 ? _partition : _partition = Placement.PartitionOf(Host.GrainType, Key);

    public void Write(FrameWriter frame, long id) => RequestFrame.Write(frame, id, this, Host.Engine.Options);

    public void MarkSent(SentCall? sent) => _sent.Set(sent);

    public void Fail(ReadOnlySpan<byte> fault)
    {
        var engine = Host.Engine;
        var (code, message) = FaultFrame.Read(fault);
        MarkSent(null);
        if (code is FaultFrame.NotHere)
            Router.LookAgain(this);
        else if (code is FaultFrame.Lost)
            RepeatOrFail();
        else if (FaultFrame.IsRefusal(code))
            Refuse(FaultFrame.Restore(code, message, this, engine.Options.PromisedFaults));
        else
            Fail(FaultFrame.Restore(code, message, this, engine.Options.PromisedFaults));
    }

    public void Lose()
    {
        MarkSent(null);
        Host.Engine.Diagnostics.Lost(Host.GrainType);
        RepeatOrFail();
    }

    public void Return(string siloId) => Router.Park(this, siloId);

    /// <summary>Tells the caller that the call was not run, unless it may have been when it was first sent.</summary>
    public bool Refuse(Exception refusal) => Fail(_mayHaveRun ? new CallLostException(TargetId, Call.Method.Name) : refusal);

    /// <summary>Looks for its grain anew, on a thread that has other calls to deal with too.</summary>
    public void DeliverAgain()
    {
        try
        {
            Host.Deliver(this);
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    /// <summary>
    /// Until which tick it may wait for a silo to own its grain: counted from the first time that none did, or none since it was lost. One that is
    /// sent to and fro, since each silo takes another for the owner, waits no longer than one that nobody takes.
    /// </summary>
    public long ParkedUntil(TimeSpan limit) => _parkedUntil != 0 ? _parkedUntil : _parkedUntil = Host.Engine.Wheel.After(limit);

    private ClusterRouter Router => Host.Engine.Cluster!.Router;

    private void RepeatOrFail()
    {
        _mayHaveRun = true;
        _parkedUntil = 0;
        if (MayRepeat())
            Router.LookAgain(this);
        else
            Fail(new CallLostException(TargetId, Call.Method.Name));
    }

    /// <summary>A fault that says that nothing was changed speaks of the last attempt alone.</summary>
    private Exception WhatIsSure(Exception fault) =>
        _mayHaveRun && Host.Engine.Options.PromisedFaults.Any(promised => promised.SaysNotDone && promised.Type == fault.GetType())
            ? new CallLostException(TargetId, Call.Method.Name)
            : fault;

    private bool MayRepeat() =>
        Call.Method.IsReadOnly || Call.Method.IsAlwaysInterleave || (Values is { } values && Host.Engine.Options.IsRepeatable(values.Get));
}
