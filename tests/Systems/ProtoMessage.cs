using System.Text;

namespace AwoooP.Systems;

/// <summary>The fields of a Protocol Buffers message that are texts, bytes or messages, by their number; of the others only the size is looked at. By hand, since one kind of message is read.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Value)> _fields = [];

    public static ProtoMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtoMessage();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            switch (tag & 7)
            {
                case 0:
                    Varint(ref bytes);
                    break;
                case 1:
                    bytes = bytes[sizeof(long)..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    message._fields.Add(((int)(tag >> 3), bytes[..length]));
                    bytes = bytes[length..];
                    break;
                case 5:
                    bytes = bytes[sizeof(int)..];
                    break;
                default:
                    throw new InvalidDataException($"No wire type is {tag & 7}.");
            }
        }

        return message;
    }

    public IEnumerable<ProtoMessage> Messages(int number) => All(number).Select(Read);

    public string Text(int number) => Encoding.UTF8.GetString(All(number).SingleOrDefault().Span);

    public string Hex(int number) => Convert.ToHexStringLower(All(number).SingleOrDefault().Span);

    private IEnumerable<ReadOnlyMemory<byte>> All(int number) => _fields.Where(field => field.Number == number).Select(static field => field.Value);

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var index = 0; ; index++)
        {
            var next = bytes.Span[index];
            value |= (ulong)(next & 0x7f) << (7 * index);
            if (next >= 0x80)
                continue;
            bytes = bytes[(index + 1)..];
            return value;
        }
    }
}
