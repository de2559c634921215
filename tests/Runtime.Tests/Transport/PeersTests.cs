using System.Net;
using System.Net.Sockets;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class PeersTests
{
    [Fact]
    public async Task GetAsync_ManyAtOnce_GetOneLink()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = new TestPeer("a");

        var links = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => other.ConnectAsync(silo).AsTask())));

        links.Distinct().ShouldHaveSingleItem().ShouldBe(other.Peers.TryGet("b"));
        await Eventually.BecomesTrueAsync(() => silo.Peers.All.Count() == 1, "the silo has it too");
        silo.Peers.TryGet("a")!.Id.ShouldBe(links[0].Id);
    }

    [Fact]
    public async Task GetAsync_AfterTheOtherSideClosed_ConnectsAnew()
    {
        await using var b = await new TestPeer("b").StartAsync();
        await using var a = await new TestPeer("a").StartAsync();
        var first = await a.ConnectAsync(b);
        await Eventually.BecomesTrueAsync(() => b.Peers.TryGet("a") is not null, "both ends have the link");

        await b.Peers.TryGet("a")!.CloseAsync(CancellationToken.None);
        await first.Completion;
        var second = await a.ConnectAsync(b);

        second.ShouldNotBe(first);
        second.Send(FrameKind.Request, [1]).ShouldBe(SendResult.Queued);
        await Eventually.BecomesTrueAsync(() => b.Frames.Count == 1, "frames go over it");
    }

    [Fact]
    public async Task GetAsync_PeerRestarted_NewIncarnationReplacesTheLink()
    {
        await using var a = await new TestPeer("a").StartAsync();
        await using var first = new TestPeer("b", incarnation: 1);
        await using var second = new TestPeer("b", incarnation: 2);
        await first.ConnectAsync(a);

        var link = await second.ConnectAsync(a);

        await Eventually.BecomesTrueAsync(() => first.Ended.Count == 1 && a.Ended.Count == 1, "the old link is closed at both ends");
        a.Ended.Values.Single().ShouldBeOfType<LinkLostException>();
        a.Peers.TryGet("b")!.Id.ShouldBe(link.Id);
        a.Peers.TryGet("b")!.Peer.Incarnation.ShouldBe(2);

        (await Should.ThrowAsync<LinkRefusedException>(async () => await first.ConnectAsync(a))).Reason.ShouldBe(Refusal.Stale);
        link.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task GetAsync_SamePeerAnew_ReplacesTheLinkThatItHadDialled()
    {
        await using var a = await new TestPeer("a").StartAsync();
        await using var first = new TestPeer("b");
        await using var again = new TestPeer("b");
        await first.ConnectAsync(a);

        var link = await again.ConnectAsync(a);

        await Eventually.BecomesTrueAsync(() => first.Ended.Count == 1, "the old link is closed");
        a.Peers.TryGet("b")!.Id.ShouldBe(link.Id);
    }

    [Fact]
    public async Task GetAsync_NobodyThere_FailsAndTheNextAttemptRests()
    {
        var clock = new FakeClock();
        using var nobody = new HeldPort();
        var start = clock.GetUtcNow();
        await using var a = new TestPeer("a", time: clock);
        await Should.ThrowAsync<SocketException>(async () => await a.Peers.GetAsync("b", nobody.Address, CancellationToken.None));

        var second = a.Peers.GetAsync("b", nobody.Address, CancellationToken.None).AsTask();
        second.IsCompleted.ShouldBeFalse();
        await Eventually.BecomesTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                return second.IsCompleted;
            },
            "the rest is over");

        (clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(BackOff.Shortest / 2);
        await Should.ThrowAsync<SocketException>(second);
    }

    [Fact]
    public async Task GetAsync_RestingWhenThePeerConnects_GetsThatLink()
    {
        var clock = new FakeClock();
        await using var a = await new TestPeer("a", time: clock).StartAsync();
        await using var b = new TestPeer("b");
        using var nobody = new HeldPort();
        await Should.ThrowAsync<SocketException>(async () => await a.Peers.GetAsync("b", nobody.Address, CancellationToken.None));
        var waiting = a.Peers.GetAsync("b", nobody.Address, CancellationToken.None);

        var link = await b.ConnectAsync(a);

        (await waiting).Id.ShouldBe(link.Id);
    }

    [Fact]
    public async Task GetAsync_OneWaiterGivesUp_TheOthersGetTheLink()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var a = new TestPeer("a", configure: static options => options.HandshakeTimeout = TestSilo.Patience);
        using var impatient = new CancellationTokenSource();
        var first = a.Peers.GetAsync("b", listener.LocalEndpoint.ToString()!, impatient.Token).AsTask();
        var second = a.Peers.GetAsync("b", listener.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        using var socket = await listener.AcceptSocketAsync(CancellationToken.None);

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        second.IsCompleted.ShouldBeFalse();
        socket.Close();

        await Should.ThrowAsync<Exception>(second);
    }

    [Fact]
    public async Task GetAsync_PeerThatNeverAnswers_IsGivenUpAfterTheTimeout()
    {
        var clock = new FakeClock();
        var timeout = TimeSpan.FromSeconds(5);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var a = new TestPeer("a", time: clock, configure: options => options.HandshakeTimeout = timeout);
        var connecting = a.Peers.GetAsync("b", listener.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        await Eventually.BecomesTrueAsync(() => clock.IsWaitedOn(timeout), "the attempt is limited");

        clock.Advance(timeout);

        (await Should.ThrowAsync<LinkRefusedException>(connecting)).Reason.ShouldBe(Refusal.TooSlow);
    }

    [Fact]
    public async Task Clients_OfASilo_AreReachedOverTheirLinksOnly()
    {
        await using var silo = await new TestPeer("s").StartAsync();
        await using var one = new TestPeer("one", incarnation: 0, PeerRole.Client);
        await using var two = new TestPeer("two", incarnation: 0, PeerRole.Client);
        silo.WhenReceived = static (link, _) => link.Send(FrameKind.Answer, [1]);

        (await one.ConnectAsync(silo)).Send(FrameKind.Request, [1]);
        (await two.ConnectAsync(silo)).Send(FrameKind.Request, [2]);

        await Eventually.BecomesTrueAsync(() => one.Frames.Count == 1 && two.Frames.Count == 1, "each gets its answer");
        silo.Peers.All.Select(static link => link.Peer.SiloId).ShouldBe(["one", "two"], ignoreOrder: true);
        silo.Peers.TryGet("one").ShouldBeNull();
        await one.StopAsync();
        await Eventually.BecomesTrueAsync(() => silo.Peers.All.Count() == 1, "a client that has gone is forgotten");
    }

    [Fact]
    public async Task StopAsync_WithLinks_ClosesThemInOrderAndMakesNoMore()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = await new TestPeer("a").StartAsync();
        var link = await other.ConnectAsync(silo);
        link.Send(FrameKind.Request, [1]);

        await other.StopAsync();

        other.Ended[link].ShouldBeNull();
        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the other end closes too");
        silo.Ended.Values.Single().ShouldBeNull();
        silo.Frames.Count.ShouldBe(1);
        await Should.ThrowAsync<LinkRefusedException>(async () => await other.ConnectAsync(silo));
        await Should.ThrowAsync<Exception>(async () => await silo.Peers.GetAsync("a", other.Address, CancellationToken.None));
    }

    [Fact]
    public async Task StopAsync_WhileDialling_TellsWhoWaits()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var a = new TestPeer("a");
        var waiting = a.Peers.GetAsync("b", listener.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        using var socket = await listener.AcceptSocketAsync(CancellationToken.None);

        await a.StopAsync();

        (await Should.ThrowAsync<LinkRefusedException>(waiting)).Reason.ShouldBe(Refusal.NotReady);
        await RawPeer.ReadToEndAsync(socket);
    }

    [Fact]
    public async Task Metrics_OfLinks_AreSummedOverOpenAndClosedOnes()
    {
        // It stands still, so there are no pings.
        var clock = new FakeClock();
        await using var silo = await new TestPeer("s", time: clock).StartAsync();
        await using var other = new TestPeer("a", time: clock);
        await using var client = new TestPeer("c", incarnation: 0, PeerRole.Client, clock);
        (await other.ConnectAsync(silo)).Send(FrameKind.Request, new byte[10]);
        (await client.ConnectAsync(silo)).Send(FrameKind.Request, new byte[10]);
        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == 2, "both frames arrive");
        (silo.Measured("awooop.runtime.connections", "silo"), silo.Measured("awooop.runtime.connections", "client")).ShouldBe((1, 1));

        await client.StopAsync();
        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the client's link is closed");

        silo.Measured("awooop.runtime.connections", "client").ShouldBe(0);
        silo.Measured("awooop.runtime.frames", "received").ShouldBe(4, "two frames, a goodbye and an end");
        client.Measured("awooop.runtime.bytes.sent").ShouldBe(10 + (3 * FrameFormat.HeaderBytes));
    }
}
