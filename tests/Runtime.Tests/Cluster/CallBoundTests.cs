namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>What two silos may ask of each other at most.</summary>
public sealed class CallBoundTests
{
    [Fact]
    public async Task Calls_OverTheBoundOfTheAskingSilo_AreRefused()
    {
        await using var one = await TestNode.StartAsync("silo-1", static engine => engine.MaxCallsToSilo = 1);
        await using var two = await TestNode.StartAsync("silo-2");

        await IsRefusedBesideAnotherAsync(one, two);
    }

    [Fact]
    public async Task Calls_OverTheBoundOfTheAskedSilo_AreRefused()
    {
        await using var one = await TestNode.StartAsync("silo-1");
        await using var two = await TestNode.StartAsync("silo-2", static engine => engine.MaxCallsFromSilo = 1);

        await IsRefusedBesideAnotherAsync(one, two);
    }

    /// <summary>Answers that come faster than they are taken are lost one by one, and the connection stays for all the others.</summary>
    [Fact]
    public async Task Answers_OverTheBoundOfTheLink_AreLostOneByOne()
    {
        const int Calls = 150;
        using var stalled = new StalledMessages();
        await using var one = await TestNode.StartAsync("silo-1", engine => engine.Messages = stalled.Options, static link => link.MaxQueuedBytes = 256 * 1024 * 1024);
        await using var two = await TestNode.StartAsync("silo-2", connect: static link => (link.MaxFrameBytes, link.MaxQueuedBytes) = (256 * 1024, 512 * 1024));
        TestNode.Place("p/a", two, one);
        TestNode.Place("p/b", one, two);
        await one.Grain("p/a").TouchAsync();
        var link = one.Peers.TryGet("silo-2").ShouldNotBeNull();

        var stalling = two.Grain("p/b").RunAsync(Scripts.Nothing, CancellationToken.None);
        await stalled.Reached;
        var text = new string('x', 128 * 1024);
        var answers = Enumerable.Range(0, Calls).Select(async _ =>
        {
            try
            {
                return await one.Grain("p/a").EchoAsync(text) == text;
            }
            catch (CallLostException)
            {
                return false;
            }
        }).ToList();
        await Testing.Eventually.BecomesTrueAsync(() => TurnsOf(two) > Calls, "all calls ran");
        stalled.Open();

        var arrived = (await Task.WhenAll(answers)).Count(static came => came);
        await stalling;
        arrived.ShouldBeInRange(1, Calls - 1);
        one.Peers.TryGet("silo-2").ShouldBeSameAs(link);
        (await one.Grain("p/a").EchoAsync("short")).ShouldBe("short");
    }

    private static async Task IsRefusedBesideAnotherAsync(TestNode one, TestNode two)
    {
        TestNode.Place("p/a", two, one);
        TestNode.Place("p/b", two, one);
        var gate = new Gate();
        var first = one.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        await Should.ThrowAsync<OverloadedException>(() => one.Grain("p/b").AddAsync(1, 2));

        gate.Open();
        await first;
        (await one.Grain("p/b").AddAsync(1, 2)).ShouldBe(3);
    }

    private static long TurnsOf(TestNode node) => node.Engine.Hosts.Single(static host => host.GrainType == "script").Turns;
}
