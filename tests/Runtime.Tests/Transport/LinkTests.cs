using System.Buffers.Binary;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class LinkTests
{
    private const int MaxFrame = 64 * 1024;

    [Fact]
    public async Task Send_FromNothingToTheLongest_ArrivesAsItWas()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        var link = await other.ConnectAsync(silo);
        int[] lengths = [0, 1, 4091, 4096, MaxFrame - 1, MaxFrame];

        foreach (var length in lengths)
            link.Send(FrameKind.Request, Body(length)).ShouldBe(SendResult.Queued);

        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == lengths.Length, "all frames arrive");
        silo.Frames.Select(static frame => frame.Body).ShouldBe(lengths.Select(Body));
        silo.Frames.ShouldAllBe(static frame => frame.Kind == FrameKind.Request && frame.Link.Peer == new Peer("a", 1, PeerRole.Silo));
    }

    [Fact]
    public async Task Send_BothWays_Arrives()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        silo.WhenReceived = static (link, _) => link.Send(FrameKind.Answer, [7]);

        (await other.ConnectAsync(silo)).Send(FrameKind.Request, [1]);

        await Eventually.BecomesTrueAsync(() => other.Frames.Any(static frame => frame.Kind == FrameKind.Answer), "the answer arrives");
    }

    [Fact]
    public async Task Send_OverTheLowerOfBothLimits_IsRefusedWhereItIsSent()
    {
        await using var silo = await new TestPeer("b", configure: static options => options.MaxFrameBytes = 2048).StartAsync();
        await using var other = Silo("a");
        var link = await other.ConnectAsync(silo);

        link.MaxFrameBytes.ShouldBe(2048);
        Should.Throw<FrameException>(() => link.Send(FrameKind.Request, Body(2049)));

        link.Send(FrameKind.Request, Body(2048)).ShouldBe(SendResult.Queued);
        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == 1, "the link is none the worse");
    }

    [Fact]
    public async Task Send_ManySenders_EachKeepsItsOrder()
    {
        const int Senders = 8;
        const int Each = 2000;
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        var link = await other.ConnectAsync(silo);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            Span<byte> body = stackalloc byte[8];
            for (var number = 0; number < Each; number++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(body, sender);
                BinaryPrimitives.WriteInt32LittleEndian(body[4..], number);
                link.Send(FrameKind.Request, body).ShouldBe(SendResult.Queued);
            }
        })));

        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == Senders * Each, "all frames arrive");
        foreach (var sender in silo.Frames.GroupBy(static frame => BinaryPrimitives.ReadInt32LittleEndian(frame.Body)))
            sender.Select(static frame => BinaryPrimitives.ReadInt32LittleEndian(frame.Body.AsSpan(4))).ShouldBe(Enumerable.Range(0, Each));
    }

    [Fact]
    public async Task Send_PeerThatTakesNothing_IsFullAndThenDrains()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        using var taking = new ManualResetEventSlim();
        silo.WhenReceived = (_, _) => taking.Wait(TestSilo.Patience);
        var link = await other.ConnectAsync(silo);

        var queued = 0;
        while (link.Send(FrameKind.Request, Body(MaxFrame)) == SendResult.Queued)
            queued++;
        link.IsOpen.ShouldBeTrue();
        taking.Set();

        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == queued, "all that was queued arrives");
        link.Send(FrameKind.Request, [1]).ShouldBe(SendResult.Queued);
        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == queued + 1, "the link goes on");
    }

    [Fact]
    public async Task CloseAsync_FramesQueued_ArriveBeforeTheEnd()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        var link = await other.ConnectAsync(silo);
        for (var number = 0; number < 100; number++)
            link.Send(FrameKind.Request, Body(4000));

        await link.CloseAsync(CancellationToken.None);

        link.Send(FrameKind.Request, []).ShouldBe(SendResult.Closed);
        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the other end closes too");
        silo.Frames.Count.ShouldBe(100);
        silo.Ended.Values.Single().ShouldBeNull();
        other.Ended[link].ShouldBeNull();
        other.Peers.TryGet("b").ShouldBeNull();
    }

    [Fact]
    public async Task CloseAsync_RequestsThatAreOnTheirWay_AreStillAnswered()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        using var reading = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        other.WhenReceived = (_, kind) =>
        {
            if (kind != FrameKind.MapChanged)
                return;
            held.SetResult();
            reading.Wait(TestSilo.Patience);
        };
        silo.WhenReceived = static (link, _) => link.Send(FrameKind.Answer, [7]).ShouldBe(SendResult.Queued);
        var link = await other.ConnectAsync(silo);
        await Eventually.BecomesTrueAsync(() => silo.Peers.TryGet("a") is not null, "both ends have the link");
        var back = silo.Peers.TryGet("a")!;
        back.Send(FrameKind.MapChanged, []);
        await held.Task;

        // The goodbye is said, and not heard yet.
        var closing = back.CloseAsync(CancellationToken.None).AsTask();
        back.Send(FrameKind.Request, []).ShouldBe(SendResult.Closed);
        link.Send(FrameKind.Request, [1]).ShouldBe(SendResult.Queued);
        reading.Set();

        await closing;
        await link.Completion;
        other.Frames.Select(static frame => frame.Kind).ShouldBe([FrameKind.MapChanged, FrameKind.Answer]);
        silo.Ended[back].ShouldBeNull();
        other.Ended[link].ShouldBeNull();
    }

    [Fact]
    public async Task CloseAsync_PeerThatSaysNoGoodbye_IsCutWithTheToken()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var raw = await RawPeer.JoinAsync(silo, new Peer("a", 1, PeerRole.Silo));
        await Eventually.BecomesTrueAsync(() => silo.Peers.TryGet("a") is not null, "the link is there");
        var link = silo.Peers.TryGet("a")!;

        await link.CloseAsync(new CancellationToken(canceled: true));

        silo.Ended[link].ShouldBeOfType<LinkLostException>();
    }

    [Fact]
    public async Task Received_Throws_ClosesTheLink()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var other = Silo("a");
        silo.WhenReceived = static (_, _) => throw new InvalidDataException("no such thing");
        var link = await other.ConnectAsync(silo);

        link.Send(FrameKind.Request, [1]);

        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1 && other.Ended.Count == 1, "both ends close");
        silo.Ended.Values.Single().ShouldBeOfType<InvalidDataException>();
        other.Ended[link].ShouldNotBeNull();
        link.Send(FrameKind.Request, []).ShouldBe(SendResult.Closed);
    }

    [Fact]
    public async Task Received_FrameOverTheLimit_ClosesTheLink()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var raw = await RawPeer.JoinAsync(silo, new Peer("a", 1, PeerRole.Silo));

        await raw.SendAsync(0xFF, 0xFF, 0xFF, 0x7F, (byte)FrameKind.Request);

        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the link is closed");
        silo.Ended.Values.Single().ShouldBeOfType<FrameException>();
    }

    [Fact]
    public async Task Received_KindOfANewerPeer_IsHandedOn()
    {
        await using var silo = await Silo("b").StartAsync();
        await using var raw = await RawPeer.JoinAsync(silo, new Peer("a", 1, PeerRole.Silo));

        await raw.SendAsync(0, 0, 0, 0, 200);

        await Eventually.BecomesTrueAsync(() => silo.Frames.Any(static frame => frame.Kind == (FrameKind)200), "the frame is handed on");
    }

    [Fact]
    public async Task Link_PeerHangsUpInAFrame_IsLost()
    {
        await using var silo = await Silo("b").StartAsync();
        var raw = await RawPeer.JoinAsync(silo, new Peer("a", 1, PeerRole.Silo));
        await raw.SendAsync(10, 0, 0, 0, (byte)FrameKind.Request, 1, 2);

        await raw.DisposeAsync();

        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the link is closed");
        silo.Ended.Values.Single().ShouldBeOfType<LinkLostException>();
        silo.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task Link_SilentPeer_IsGivenUpAfterThePingTimeout()
    {
        var clock = new FakeClock();
        await using var silo = await new TestPeer("b", time: clock, configure: Pulse).StartAsync();
        await using var raw = await RawPeer.JoinAsync(silo, new Peer("a", 1, PeerRole.Silo));
        await Eventually.BecomesTrueAsync(() => clock.IsWaitedOn(TimeSpan.FromSeconds(1)), "the link has a pulse");

        clock.Advance(TimeSpan.FromSeconds(4));
        silo.Ended.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(2));

        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the link is given up");
        silo.Ended.Values.Single().ShouldBeOfType<LinkLostException>().Message.ShouldContain("silent");
    }

    [Fact]
    public async Task Link_IdlePeers_KeepEachOtherAlive()
    {
        var clock = new FakeClock();
        await using var silo = await new TestPeer("b", time: clock, configure: Pulse).StartAsync();
        await using var other = new TestPeer("a", time: clock, configure: Pulse);
        var link = await other.ConnectAsync(silo);
        await Eventually.BecomesTrueAsync(() => silo.Peers.TryGet("a") is not null, "both ends have the link");
        var back = silo.Peers.TryGet("a")!;
        link.Send(FrameKind.Request, []);
        back.Send(FrameKind.Request, []);
        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == 1 && other.Frames.Count == 1, "both ends have a pulse");
        clock.Advance(TimeSpan.FromSeconds(1));

        for (var beat = 1; beat <= 20; beat++)
        {
            var (there, here) = (back.FramesReceived, link.FramesReceived);
            clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.BecomesTrueAsync(() => back.FramesReceived > there && link.FramesReceived > here, "a sign of life comes with each beat");
        }

        silo.Frames.Count.ShouldBe(1, "pings are the link's own");
        (link.IsOpen && back.IsOpen).ShouldBeTrue();
    }

    private static void Pulse(ClusterOptions options) => (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    private static TestPeer Silo(string id) => new(id, configure: static options => (options.MaxFrameBytes, options.MaxQueuedBytes) = (MaxFrame, 4 * 1024 * 1024));

    private static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(static at => (byte)(at * 31))];
}
