using System.Net.Sockets;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Tests.Transport;

/// <summary>The accepting end of a handshake, step by step.</summary>
internal sealed class DialledEnd(Socket socket, Peer self, Task<Link> link) : IAsyncDisposable
{
    private readonly RawPeer _raw = new(socket);
    private readonly Hello _mine = Hello.Create(self, 1 << 20, wanted: "");
    private Hello? _theirs;

    /// <summary>What the dialler waits for.</summary>
    public Task<Link> Link => link;

    private Handshake Handshake => new(_raw.Channel);

    public async Task ReceiveHelloAsync() => _theirs = await Handshake.ReceiveHelloAsync(CancellationToken.None);

    public async Task<Challenge> ReceiveProofAsync()
    {
        var challenge = new Challenge(TestPeer.Secret, _theirs!, _mine, default);
        await Handshake.SendHelloAsync(_mine, CancellationToken.None);
        (await Handshake.ReceiveProofAsync(challenge, CancellationToken.None)).ShouldNotBeNull();
        return challenge;
    }

    public async Task AcceptAsync(Challenge? challenge = null)
    {
        challenge ??= await ReceiveProofAsync();
        await Handshake.SendVerdictAsync(challenge, Refusal.None, CancellationToken.None);
    }

    /// <summary>Whether the dialler has closed the connection.</summary>
    public async Task<bool> IsHungUpAsync()
    {
        var read = await _raw.Channel.Input.ReadAsync(CancellationToken.None);
        _raw.Channel.Input.AdvanceTo(read.Buffer.End);
        return read.IsCompleted;
    }

    public ValueTask DisposeAsync() => _raw.DisposeAsync();
}
