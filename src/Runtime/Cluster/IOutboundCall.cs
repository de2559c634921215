namespace AwoooP.Runtime.Cluster;

/// <summary>A call on its way to another silo: one of this process, or one that came from a silo with an old map and is forwarded.</summary>
internal interface IOutboundCall
{
    bool IsOneWay { get; }

    /// <summary>Nobody waits for the answer any more.</summary>
    bool IsAnswered { get; }

    /// <param name="id">What the answer will name.</param>
    void Write(FrameWriter frame, long id);

    /// <summary>From here on whoever gives the call up tells the silo that it is sent to; null when that has ended.</summary>
    void MarkSent(SentCall? sent);

    /// <param name="payload">The result as JSON, empty for none.</param>
    void Complete(ReadOnlySpan<byte> payload);

    /// <param name="fault">What the silo that ran or refused the call says, as a <see cref="FaultFrame"/> without its id.</param>
    void Fail(ReadOnlySpan<byte> fault);

    /// <summary>It was sent, and the link ended before the answer: it may have run.</summary>
    void Lose();

    /// <summary>It was surely not sent, since there is no link to the silo.</summary>
    void Return(string siloId);

    /// <summary>It was surely not sent, for this reason.</summary>
    /// <returns>Whether this was the first answer.</returns>
    bool Refuse(Exception refusal);
}
