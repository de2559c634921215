using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// The first message of either side: magic (4 bytes), version (1), nonce (32), role (1), incarnation (8, little-endian), the
/// longest body it takes (4), its id and the id that it wants to reach, each with a length byte before; the latter may be empty.
/// </summary>
internal sealed record Hello(ReadOnlyMemory<byte> Bytes, Peer Peer, int MaxFrameBytes, string Wanted)
{
    /// <summary>Raised when the handshake or the frames change in a way that an older end cannot read.</summary>
    public const byte Version = 1;

    /// <summary>What is enough to see that an end speaks another version.</summary>
    public const int PrefixBytes = 5;

    private const int NonceBytes = 32;
    private const int NonceAt = PrefixBytes;
    private const int RoleAt = NonceAt + NonceBytes;
    private const int IncarnationAt = RoleAt + 1;
    private const int MaxFrameAt = IncarnationAt + 8;
    private const int IdAt = MaxFrameAt + 4;

    public static ReadOnlySpan<byte> Prefix => [(byte)'A', (byte)'w', (byte)'L', (byte)'k', Version];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Hello Create(Peer self, int maxFrameBytes, string wanted)
    {
        var id = Strict.GetBytes(self.SiloId);
        var wantedId = Strict.GetBytes(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, Peer.MaxIdBytes, nameof(self));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wantedId.Length, Peer.MaxIdBytes, nameof(wanted));

        var bytes = new byte[IdAt + 1 + id.Length + 1 + wantedId.Length];
        Prefix.CopyTo(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(NonceAt, NonceBytes));
        bytes[RoleAt] = (byte)self.Role;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(IncarnationAt), self.Incarnation);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(MaxFrameAt), maxFrameBytes);
        var wantedAt = Put(bytes, IdAt, id);
        Put(bytes, wantedAt, wantedId);
        return new(bytes, self, maxFrameBytes, wanted);
    }

    /// <summary>Takes a hello off the front, when it is there whole; refuses as early as the bytes allow.</summary>
    /// <exception cref="LinkRefusedException">It is no hello of this version, or a field is out of its bounds.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out Hello? hello)
    {
        hello = null;
        var front = buffer.Slice(0, Math.Min(buffer.Length, IdAt + 2 + (2 * Peer.MaxIdBytes))).ToArray().AsSpan();
        var prefix = front[..Math.Min(front.Length, PrefixBytes - 1)];
        if (!Prefix.StartsWith(prefix))
            throw new LinkRefusedException(Refusal.Stranger);
        if (front.Length >= PrefixBytes && front[PrefixBytes - 1] != Version)
            throw new LinkRefusedException(Refusal.Version);
        if (!TryText(front, IdAt, out var id, out var wantedAt) || !TryText(front, wantedAt, out var wanted, out var end))
            return false;

        var role = (PeerRole)front[RoleAt];
        var incarnation = BinaryPrimitives.ReadInt64LittleEndian(front[IncarnationAt..]);
        var maxFrame = BinaryPrimitives.ReadInt32LittleEndian(front[MaxFrameAt..]);
        if (role is not (PeerRole.Silo or PeerRole.Client) || id.Length == 0 || incarnation < 0 || maxFrame < 0)
            throw new LinkRefusedException(Refusal.Stranger);

        hello = new(front[..end].ToArray(), new Peer(id, incarnation, role), maxFrame, wanted);
        buffer = buffer.Slice(end);
        return true;
    }

    private static int Put(byte[] target, int at, byte[] text)
    {
        target[at] = (byte)text.Length;
        text.CopyTo(target, at + 1);
        return at + 1 + text.Length;
    }

    private static bool TryText(ReadOnlySpan<byte> front, int at, out string text, out int end)
    {
        text = "";
        end = 0;
        if (front.Length <= at)
            return false;

        var length = front[at];
        if (length > Peer.MaxIdBytes)
            throw new LinkRefusedException(Refusal.TooLong);
        if (front.Length < at + 1 + length)
            return false;

        try
        {
            text = Strict.GetString(front.Slice(at + 1, length));
        }
        catch (DecoderFallbackException exception)
        {
            throw new LinkRefusedException(Refusal.Stranger, byPeer: false, exception);
        }

        end = at + 1 + length;
        return true;
    }
}
