using System.Buffers;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// The messages before the first frame, of either side: hello there, hello back, the dialler's proof (with the id of its
/// last link to that peer), the acceptor's verdict with its own proof. The acceptor, which anybody can reach, proves nothing
/// to an end that has not proved itself.
/// </summary>
internal sealed class Handshake(LinkChannel channel)
{
    private const int ProofMessageBytes = Challenge.IdBytes + Challenge.ProofBytes;
    private const int VerdictBytes = 1 + Challenge.ProofBytes;

    public ValueTask SendHelloAsync(Hello hello, CancellationToken cancellationToken) => SendAsync(hello.Bytes, cancellationToken);

    /// <summary>Tells an end of another version which this is.</summary>
    public ValueTask SendVersionAsync(CancellationToken cancellationToken) => SendAsync(Hello.Prefix.ToArray(), cancellationToken);

    public ValueTask<Hello> ReceiveHelloAsync(CancellationToken cancellationToken) =>
        ReceiveAsync<Hello>(Hello.TryRead, cancellationToken);

    public ValueTask SendProofAsync(Challenge challenge, Guid last, CancellationToken cancellationToken) =>
        SendAsync((byte[])[.. last.ToByteArray(), .. challenge.OfDialler(last)], cancellationToken);

    /// <returns>The peer's last link to this side; null when it does not know the secret.</returns>
    public async ValueTask<Guid?> ReceiveProofAsync(Challenge challenge, CancellationToken cancellationToken)
    {
        var message = await ReceiveBytesAsync(ProofMessageBytes, cancellationToken).ConfigureAwait(false);
        var last = new Guid(message.AsSpan(0, Challenge.IdBytes));
        return Challenge.Agree(message.AsSpan(Challenge.IdBytes), challenge.OfDialler(last)) ? last : null;
    }

    /// <summary>To an end that does not know the secret the proof is left empty.</summary>
    public ValueTask SendVerdictAsync(Challenge challenge, Refusal verdict, CancellationToken cancellationToken) =>
        SendAsync((byte[])[(byte)verdict, .. verdict == Refusal.Secret ? new byte[Challenge.ProofBytes] : challenge.OfAcceptor(verdict)], cancellationToken);

    /// <exception cref="LinkRefusedException">The peer refused, or does not know the secret.</exception>
    public async ValueTask ReceiveVerdictAsync(Challenge challenge, CancellationToken cancellationToken)
    {
        var message = await ReceiveBytesAsync(VerdictBytes, cancellationToken).ConfigureAwait(false);
        var verdict = (Refusal)message[0];
        if (verdict == Refusal.Secret)
            throw new LinkRefusedException(Refusal.Secret, byPeer: true);
        if (!Challenge.Agree(message.AsSpan(1), challenge.OfAcceptor(verdict)))
            throw new LinkRefusedException(Refusal.Secret);
        if (verdict != Refusal.None)
            throw new LinkRefusedException(verdict, byPeer: true);
    }

    private delegate bool Reader<T>(ref ReadOnlySequence<byte> buffer, out T? message);

    private ValueTask<byte[]> ReceiveBytesAsync(int count, CancellationToken cancellationToken)
    {
        return ReceiveAsync<byte[]>(TryTake, cancellationToken);

        bool TryTake(ref ReadOnlySequence<byte> buffer, out byte[]? message)
        {
            message = null;
            if (buffer.Length < count)
                return false;

            message = buffer.Slice(0, count).ToArray();
            buffer = buffer.Slice(count);
            return true;
        }
    }

    // What follows the message stays in the pipe: it may be frames already.
    private async ValueTask<T> ReceiveAsync<T>(Reader<T> reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await channel.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (reader(ref buffer, out var message))
            {
                channel.Input.AdvanceTo(buffer.Start);
                return message!;
            }

            channel.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted || result.IsCanceled)
                throw new LinkRefusedException(Refusal.HungUp, byPeer: true);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var flushed = await channel.Output.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        if (flushed.IsCompleted)
            throw new LinkRefusedException(Refusal.HungUp, byPeer: true);
    }
}
