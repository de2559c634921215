using System.Net;
using System.Net.Sockets;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Transport;

/// <summary>Two silos dial each other at once.</summary>
public sealed class CollisionTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public CollisionTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task GetAsync_BothAtOnce_LeaveOneLinkTheSameAtBothEnds()
    {
        await using var a = await new TestPeer("a").StartAsync();
        await using var b = await new TestPeer("b").StartAsync();
        for (var round = 1; round <= 100; round++)
        {
            using var both = new Barrier(2);
            var links = await Task.WhenAll(Task.Run(() => ConnectAsync(a, b)), Task.Run(() => ConnectAsync(b, a)));

            await Eventually.BecomesTrueAsync(
                () => a.Peers.TryGet("b") is { } there && b.Peers.TryGet("a") is { } back && there.Id == back.Id, "both ends have the same link");
            links.Select(static link => link.Id).Distinct().ShouldHaveSingleItem();
            links.ShouldAllBe(static link => link.IsOpen);

            await links[round % 2].CloseAsync(CancellationToken.None);
            await Eventually.BecomesTrueAsync(() => a.Ended.Count == round && b.Ended.Count == round, "no other link was made");

            Task<Link> ConnectAsync(TestPeer from, TestPeer to)
            {
                both.SignalAndWait();
                return from.ConnectAsync(to).AsTask();
            }
        }
    }

    [Fact]
    public async Task GetAsync_PeerThatDoesNotKnowOurLinkYet_IsRefusedAsCollision()
    {
        await using var a = await new TestPeer("a").StartAsync();
        await using var b = await new TestPeer("b").StartAsync();
        var link = await b.ConnectAsync(a);

        var refused = await Should.ThrowAsync<LinkRefusedException>(() => RawPeer.JoinAsync(b, new Peer("a", 1, PeerRole.Silo)));

        refused.Reason.ShouldBe(Refusal.Collision);
        link.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Admit_LowerSiloThatSaidHello_RefusesTheOthers()
    {
        await using var lower = await new TestPeer("a").StartAsync();
        await using var dialled = await DialledByAsync(lower, "b");

        var refused = await Should.ThrowAsync<LinkRefusedException>(() => RawPeer.JoinAsync(lower, new Peer("b", 1, PeerRole.Silo)));
        await dialled.AcceptAsync();

        (refused.Reason, refused.ByPeer).ShouldBe((Refusal.Collision, true));
        var link = await dialled.Link;
        link.IsDialled.ShouldBeTrue();
        lower.Peers.TryGet("b").ShouldBe(link);
    }

    [Fact]
    public async Task Admit_HigherSiloThatSaidHello_GivesItsOwnAttemptUp()
    {
        await using var higher = await new TestPeer("b").StartAsync();
        await using var dialled = await DialledByAsync(higher, "a");

        await using var raw = await RawPeer.JoinAsync(higher, new Peer("a", 1, PeerRole.Silo));

        (await dialled.Link).IsDialled.ShouldBeFalse();
        await Eventually.BecomesTrueAsync(dialled.IsHungUpAsync, "the attempt is over");
        higher.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Admit_HigherSiloThatHasProvedItself_FollowsTheVerdict()
    {
        await using var higher = await new TestPeer("b").StartAsync();
        await using var dialled = await DialledByAsync(higher, "a");
        var challenge = await dialled.ReceiveProofAsync();
        await using var raw = await RawPeer.JoinAsync(higher, new Peer("a", 1, PeerRole.Silo));
        var first = await dialled.Link;

        await dialled.AcceptAsync(challenge);

        await Eventually.BecomesTrueAsync(() => higher.Peers.TryGet("a") is { IsDialled: true }, "the accepted attempt is the link");
        await Eventually.BecomesTrueAsync(() => higher.Ended.ContainsKey(first), "the other is closed");
    }

    [Fact]
    public async Task GetAsync_SiloElsewhereByNow_DoesNotWaitForTheVerdictOfWhereItWas()
    {
        await using var a = new TestPeer("a", configure: static options => options.HandshakeTimeout = TimeSpan.FromHours(1));
        await using var dialled = await DialledByAsync(a, "b");
        await dialled.ReceiveProofAsync();
        await using var b = await new TestPeer("b", incarnation: 2).StartAsync();

        var link = await a.ConnectAsync(b).AsTask().WaitAsync(TestSilo.Patience);

        link.Peer.Incarnation.ShouldBe(2);
        (await Should.ThrowAsync<LinkRefusedException>(dialled.Link)).Reason.ShouldBe(Refusal.Stale);
        (await dialled.IsHungUpAsync()).ShouldBeTrue();
    }

    private async Task<DialledEnd> DialledByAsync(TestPeer dialler, string id)
    {
        var link = dialler.Peers.GetAsync(id, _listener.LocalEndpoint.ToString()!, CancellationToken.None).AsTask();
        var end = new DialledEnd(await _listener.AcceptSocketAsync(CancellationToken.None), new Peer(id, 1, PeerRole.Silo), link);
        await end.ReceiveHelloAsync();
        return end;
    }
}
