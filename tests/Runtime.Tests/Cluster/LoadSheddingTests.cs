using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Whatever is over its bound at another silo refuses further calls as overload, and as nothing else; what is not, answers.</summary>
public sealed class LoadSheddingTests
{
    [Fact]
    public async Task FullMailbox_AtAnotherSilo_IsToldAsOverload_AndItsSiloAnswersForOtherGrains()
    {
        await using var silo = await TestNode.StartAsync("silo-1", static engine => engine.MailboxLimit = 3);
        await using var client = await TestNode.StartClientAsync("client-1");
        TestNode.Place("p/busy", silo, client);
        TestNode.Place("p/idle", silo, client);
        var gate = new Gate();
        var busy = client.Grain("p/busy");
        var calls = new List<Task> { busy.RunAsync(Scripts.Wait(gate), CancellationToken.None) };
        await gate.Reached;
        calls.AddRange(Enumerable.Range(0, 3).Select(number => busy.RunAsync(Scripts.Note($"{number}"), CancellationToken.None)));

        var refusal = await Should.ThrowAsync<OverloadedException>(() => busy.RunAsync(Scripts.Note("refused"), CancellationToken.None));

        refusal.Message.ShouldBe("script/p/busy is overloaded: 3 calls wait for it.");
        (await client.Grain("p/idle").AddAsync(1, 2)).ShouldBe(3);
        gate.Open();
        await Task.WhenAll(calls);
        silo.Diary.ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task Overload_ThatATurnMet_IsNotToldAsARefusalOfTheCall()
    {
        await using var silo = await TestNode.StartAsync("silo-1");
        await using var client = await TestNode.StartClientAsync("client-1");
        TestNode.Place("p/a", silo, client);

        // The turn may have changed something before: its caller must not be told that nothing ran.
        await Should.ThrowAsync<RemoteGrainException>(() => client.Grain("p/a").RunAsync(static (_, _) => throw new OverloadedException("inside"), CancellationToken.None));
    }

    [Fact]
    public async Task FullLink_IsToldAsOverload_AndWhatWasTakenArrives()
    {
        using var stalled = new StalledMessages();
        await using var slow = await TestNode.StartAsync("silo-1", engine => engine.Messages = stalled.Options);
        await using var other = await TestNode.StartAsync("silo-2");
        await using var client = await TestNode.StartClientAsync("client-1", connect: static cluster => (cluster.MaxFrameBytes, cluster.MaxQueuedBytes) = (256 * 1024, 1024 * 1024));
        TestNode.Place("p/slow", slow, client);
        TestNode.Place("p/other", other, client);
        var first = client.Grain("p/slow").RunAsync(Scripts.Nothing, CancellationToken.None);
        await stalled.Reached;
        var text = new string('x', 64 * 1024);
        var calls = new List<Task<string>>();
        do
            calls.Add(client.Grain("p/slow").EchoAsync(text).AsTask());
        while (!calls[^1].IsFaulted && calls.Count < 10_000);

        (await Should.ThrowAsync<OverloadedException>(() => calls[^1])).Message.ShouldBe("Too much waits for silo silo-1.");
        (await client.Grain("p/other").AddAsync(1, 2)).ShouldBe(3);

        stalled.Open();
        await first;
        (await Task.WhenAll(calls.SkipLast(1))).ShouldAllBe(answer => answer == text);
        client.Peers.TryGet("silo-1").ShouldBeOfType<Link>().IsOpen.ShouldBeTrue();
    }
}
