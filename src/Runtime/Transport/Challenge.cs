using System.Security.Cryptography;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// What each end proves: that it knows the cluster's secret, here and now. A proof is HMAC-SHA256, under the secret, over whose
/// proof it is, both hellos (nonces, ids, roles, version) and the hash of the TLS certificate, so that it is of no use in
/// another connection, in the other direction, or to somebody in the middle.
/// </summary>
internal sealed class Challenge(byte[] secret, Hello dialler, Hello acceptor, ReadOnlyMemory<byte> binding)
{
    public const int ProofBytes = HMACSHA256.HashSizeInBytes;
    public const int IdBytes = 16;

    private readonly byte[] _transcript = SHA256.HashData([.. SHA256.HashData(dialler.Bytes.Span), .. SHA256.HashData(acceptor.Bytes.Span), .. binding.Span]);

    /// <summary>Names the link: the same at both ends, and never again.</summary>
    public Guid LinkId => new(_transcript.AsSpan(0, IdBytes));

    /// <param name="last">The dialler's last link to that peer.</param>
    public byte[] OfDialler(Guid last) => Prove([.. "awooop link dialler"u8, .. _transcript, .. last.ToByteArray()]);

    public byte[] OfAcceptor(Refusal verdict) => Prove([.. "awooop link acceptor"u8, .. _transcript, (byte)verdict]);

    public static bool Agree(ReadOnlySpan<byte> proof, byte[] expected) => CryptographicOperations.FixedTimeEquals(proof, expected);

    private byte[] Prove(byte[] statement) => HMACSHA256.HashData(secret, statement);
}
