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
        const int Calls = 300;
        await using var one = await TestNode.StartAsync("silo-1", connect: static link => link.MaxQueuedBytes = 256 * 1024 * 1024);
        await using var two = await TestNode.StartAsync("silo-2", connect: static link => (link.MaxFrameBytes, link.MaxQueuedBytes) = (256 * 1024, 512 * 1024));
        Place("p/a", two, one);
        Place("p/b", one, two);
        await one.Grain("p/a").TouchAsync();
        var link = one.Peers.TryGet("silo-2").ShouldNotBeNull();

        // Until the gate opens, the first silo reads nothing more.
        using var gate = new ManualResetEventSlim();
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalling = two.Grain("p/b").RunAsync(
            ScriptMessages.WhenRead(
                () =>
                {
                    stalled.SetResult();
                    gate.Wait(TestSilo.Patience);
                },
                Scripts.Nothing),
            CancellationToken.None);
        await stalled.Task;
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
        gate.Set();

        var arrived = (await Task.WhenAll(answers)).Count(static came => came);
        await stalling;
        arrived.ShouldBeInRange(1, Calls - 1);
        one.Peers.TryGet("silo-2").ShouldBeSameAs(link);
        (await one.Grain("p/a").EchoAsync("short")).ShouldBe("short");
    }

    private static async Task IsRefusedBesideAnotherAsync(TestNode one, TestNode two)
    {
        Place("p/a", two, one);
        Place("p/b", two, one);
        var gate = new Gate();
        var first = one.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        await Should.ThrowAsync<OverloadedException>(() => one.Grain("p/b").AddAsync(1, 2));

        gate.Open();
        await first;
        (await one.Grain("p/b").AddAsync(1, 2)).ShouldBe(3);
    }

    private static long TurnsOf(TestNode node) => node.Engine.Hosts.Single(static host => host.GrainType == "script").Turns;

    private static void Place(string key, TestNode owner, TestNode other)
    {
        owner.Map.Learn(key, owner.Member);
        other.Map.Learn(key, owner.Member);
    }
}
