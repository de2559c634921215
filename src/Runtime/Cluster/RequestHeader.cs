using AwoooP.Journal;

namespace AwoooP.Runtime.Cluster;

/// <summary>The front of a call on the wire: all that a silo needs to pass it on, of whatever version the rest is.</summary>
/// <param name="Id">The asking side's name of the call, for the answer.</param>
/// <param name="Flags">What the call is and what of it follows.</param>
/// <param name="Hops">How many silos have passed it on.</param>
/// <param name="Timeout">How long the asking side still waits.</param>
/// <param name="Partition">Of the grain, so that a silo that does not know its type still knows where it is.</param>
/// <param name="GrainType">A <see cref="WireName"/>.</param>
internal readonly record struct RequestHeader(long Id, RequestFlags Flags, byte Hops, TimeSpan Timeout, short Partition, uint GrainType)
{
    public bool IsOneWay => (Flags & RequestFlags.OneWay) != 0;

    public bool IsAnywhere => (Flags & RequestFlags.Anywhere) != 0;

    public void Write(FrameWriter frame)
    {
        frame.Int64(Id);
        frame.Byte((byte)Flags);
        frame.Byte(Hops);
        frame.UInt32((uint)Math.Min(Timeout.TotalMilliseconds, uint.MaxValue));
        frame.UInt16((ushort)Partition);
        frame.UInt32(GrainType);
    }

    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> writes.</exception>
    public static RequestHeader Read(ref FrameReader frame)
    {
        var (id, flags, hops) = (frame.Int64(), (RequestFlags)frame.Byte(), frame.Byte());
        var timeout = TimeSpan.FromMilliseconds(frame.UInt32());
        var partition = frame.UInt16();
        if (partition >= PartitionMap.Count)
            throw new InvalidDataException($"There is no partition {partition}.");
        return new RequestHeader(id, flags, hops, timeout, (short)partition, frame.UInt32());
    }
}
