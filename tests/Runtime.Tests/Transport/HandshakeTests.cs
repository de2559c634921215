using System.Net;
using System.Net.Sockets;
using System.Text;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class HandshakeTests
{
    private const byte OtherVersion = Hello.Version + 1;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("Aw")]
    [InlineData("Ax")]
    public async Task Accept_StrangersBytes_GetNothingButAClosedConnection(string bytes)
    {
        await using var silo = await new TestPeer("b").StartAsync();
        using var socket = await RawPeer.ConnectAsync(silo);

        await socket.SendAsync(Encoding.ASCII.GetBytes(bytes), CancellationToken.None);
        socket.Shutdown(SocketShutdown.Send);

        (await RawPeer.ReadToEndAsync(socket)).ShouldBeEmpty();
        await Eventually.BecomesTrueAsync(() => silo.Refused(bytes == "Aw" ? "hung_up" : "stranger") == 1, "it is counted");
    }

    [Fact]
    public async Task Accept_OtherVersion_IsToldOurs()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        using var socket = await RawPeer.ConnectAsync(silo);

        await socket.SendAsync((byte[])[.. Hello.Prefix[..^1], OtherVersion], CancellationToken.None);

        (await RawPeer.ReadToEndAsync(socket)).ShouldBe(Hello.Prefix.ToArray());
        await Eventually.BecomesTrueAsync(() => silo.Refused("version") == 1, "it is counted");
    }

    [Fact]
    public async Task Accept_IdTooLong_IsRefusedBeforeItIsSent()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        using var socket = await RawPeer.ConnectAsync(silo);
        var hello = Hello.Create(new Peer("a", 1, PeerRole.Silo), 1024, "b").Bytes.ToArray();
        var idAt = hello.AsSpan().LastIndexOf("a"u8) - 1;
        hello[idAt] = Peer.MaxIdBytes + 1;

        await socket.SendAsync(hello.AsMemory(0, idAt + 1), CancellationToken.None);

        (await RawPeer.ReadToEndAsync(socket)).ShouldBeEmpty();
        await Eventually.BecomesTrueAsync(() => silo.Refused("too_long") == 1, "it is counted");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Accept_SlowHello_IsClosedAfterTheTimeout(int bytes)
    {
        var clock = new FakeClock();
        var timeout = TimeSpan.FromSeconds(5);
        await using var silo = await new TestPeer("b", time: clock, configure: options => options.HandshakeTimeout = timeout).StartAsync();
        using var socket = await RawPeer.ConnectAsync(silo);
        await socket.SendAsync(Hello.Create(new Peer("a", 1, PeerRole.Silo), 1024, "b").Bytes[..bytes], CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => clock.IsWaitedOn(timeout), "the handshake is limited");

        clock.Advance(timeout);

        (await RawPeer.ReadToEndAsync(socket)).ShouldBeEmpty();
        await Eventually.BecomesTrueAsync(() => silo.Refused("too_slow") == 1, "it is counted");
    }

    [Fact]
    public async Task Connect_OtherSecret_IsRefusedAndNothingIsProvedToIt()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a", configure: static options => options.Secret = new byte[32]);

        var refused = await Should.ThrowAsync<LinkRefusedException>(async () => await other.ConnectAsync(silo));

        (refused.Reason, refused.ByPeer).ShouldBe((Refusal.Secret, true));
        await Eventually.BecomesTrueAsync(() => silo.Refused("secret") == 1, "it is counted");
        silo.Peers.All.ShouldBeEmpty();
        silo.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_EndThatOnlyClaimsTheSecret_IsRefused()
    {
        using var impostor = new TcpListener(IPAddress.Loopback, 0);
        impostor.Start();
        await using var other = new TestPeer("a");
        var connecting = other.Peers.GetAsync("b", impostor.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        using var socket = await impostor.AcceptSocketAsync(CancellationToken.None);
        await socket.SendAsync(Hello.Create(new Peer("b", 1, PeerRole.Silo), 1024, "").Bytes, CancellationToken.None);

        await socket.SendAsync(new byte[1 + Challenge.ProofBytes], CancellationToken.None);

        var refused = await Should.ThrowAsync<LinkRefusedException>(connecting);
        (refused.Reason, refused.ByPeer).ShouldBe((Refusal.Secret, false));
        other.Refused("secret").ShouldBe(1);
        other.Peers.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_ToAnotherVersion_IsRefused()
    {
        using var newer = new TcpListener(IPAddress.Loopback, 0);
        newer.Start();
        await using var other = new TestPeer("a");
        var connecting = other.Peers.GetAsync("b", newer.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        using var socket = await newer.AcceptSocketAsync(CancellationToken.None);

        await socket.SendAsync((byte[])[.. Hello.Prefix[..^1], OtherVersion], CancellationToken.None);

        (await Should.ThrowAsync<LinkRefusedException>(connecting)).Reason.ShouldBe(Refusal.Version);
    }

    [Fact]
    public async Task Connect_AnotherSiloAtTheAddress_IsRefused()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");

        var refused = await Should.ThrowAsync<LinkRefusedException>(async () => await other.Peers.GetAsync("c", silo.Address, CancellationToken.None));

        refused.Reason.ShouldBe(Refusal.WrongPeer);
        silo.Peers.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_Oneself_IsRefused()
    {
        await using var silo = await new TestPeer("a").StartAsync();

        (await Should.ThrowAsync<LinkRefusedException>(async () => await silo.ConnectAsync(silo))).Reason.ShouldBe(Refusal.WrongPeer);
    }

    [Fact]
    public async Task Connect_PeerThatIsNobodyYet_IsRefused()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        var address = silo.Address;
        silo.Current = null;
        await using var other = new TestPeer("a");

        await Should.ThrowAsync<LinkRefusedException>(async () => await other.Peers.GetAsync("b", address, CancellationToken.None));

        await Eventually.BecomesTrueAsync(() => silo.Refused("not_ready") == 1, "it is counted");
    }

    [Fact]
    public async Task Connect_BeyondThisMachineWithoutASecretOfOnesOwn_IsRefused()
    {
        await using var other = new TestPeer("a", configure: static options => options.LoopbackOnly = true);

        await Should.ThrowAsync<LinkRefusedException>(async () => await other.Peers.GetAsync("b", "192.0.2.1:5000", CancellationToken.None));
    }

    [Fact]
    public async Task Accept_WhileStrangersTakeAllTheRoom_DropsTheOldestOfThem()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");
        var strangers = new List<Socket>();
        try
        {
            for (var count = 0; count < SiloListener.MaxHandshakes; count++)
                strangers.Add(await RawPeer.ConnectAsync(silo));

            (await other.ConnectAsync(silo)).IsOpen.ShouldBeTrue();

            await Eventually.BecomesTrueAsync(() => silo.Refused("crowded") == 1, "it is counted");
            (await RawPeer.ReadToEndAsync(strangers[0])).ShouldBeEmpty();
        }
        finally
        {
            strangers.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public void Proofs_OfBothEndsAndConnections_AllDiffer()
    {
        var (a, b) = (Hello.Create(new Peer("a", 1, PeerRole.Silo), 1024, "b"), Hello.Create(new Peer("b", 1, PeerRole.Silo), 1024, ""));
        var again = Hello.Create(new Peer("a", 1, PeerRole.Silo), 1024, "b");
        var plain = new Challenge(TestPeer.Secret, a, b, default);

        byte[][] proofs =
        [
            plain.OfDialler(Guid.Empty),
            plain.OfAcceptor(Refusal.None),
            plain.OfAcceptor(Refusal.Collision),
            new Challenge(TestPeer.Secret, b, a, default).OfDialler(Guid.Empty),
            new Challenge(TestPeer.Secret, again, b, default).OfDialler(Guid.Empty),
            new Challenge(TestPeer.Secret, a, b, new byte[] { 1 }).OfDialler(Guid.Empty),
            new Challenge(new byte[32], a, b, default).OfDialler(Guid.Empty),
        ];

        proofs.Select(Convert.ToHexString).ShouldBeUnique();
    }
}
