using System.Security.Cryptography;
using System.Text;
using AwoooP.Journal;

namespace AwoooP.Records.Projecting;

/// <summary>Keys of rows, taken from the event alone, so that a rebuild gives the same.</summary>
internal static class EventKeys
{
    // Partitions are smallints; 47 bits are left for the sequence.
    private const int PartitionBits = 16;

    /// <summary>For bigint keys: ordered within a partition, unique across them.</summary>
    public static long SerialKey(this RecordedEvent recorded) => (recorded.Position.Seq << PartitionBits) | (ushort)recorded.Position.Partition;

    /// <summary>
    /// For uuid keys: version 7 with the event's time, then the aggregate's version, so that the events of one commit sort as they happened;
    /// the rest hashes which event it was and for which table. The position is not in it, so that a repartitioned log keeps its keys.
    /// </summary>
    public static Guid RowId(this RecordedEvent recorded, string table)
    {
        Span<byte> id = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{table}\n{recorded.Id}\n{recorded.Version}"), id);
        var milliseconds = recorded.At.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
            id[index] = (byte)(milliseconds >> (8 * (5 - index)));
        id[6] = (byte)(0x70 | ((recorded.Version >> 8) & 0x0f));
        id[7] = (byte)recorded.Version;
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id[..16], bigEndian: true);
    }
}
