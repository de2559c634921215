namespace AwoooP.Runtime.Tests;

public sealed class OverloadTests
{
    [Fact]
    public async Task Call_OfAFullMailbox_IsRefused_AndTheOthersRun()
    {
        await using var silo = new TestSilo(static options => options.MailboxLimit = 3);
        var gate = new Gate();
        var grain = silo.Grain("p/a");
        var calls = new List<Task> { grain.RunAsync(Scripts.Wait(gate), CancellationToken.None) };
        await gate.Reached;
        calls.AddRange(Enumerable.Range(0, 3).Select(number => grain.RunAsync(Scripts.Note($"{number}"), CancellationToken.None)));

        var refusal = await Should.ThrowAsync<OverloadedException>(() => grain.RunAsync(Scripts.Note("refused"), CancellationToken.None));

        refusal.Message.ShouldBe("script/p/a is overloaded: 3 calls wait for it.");
        gate.Open();
        await Task.WhenAll(calls);
        silo.Diary.ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task Call_OfAMailboxFullOfCallsGivenUp_TakesTheirPlace()
    {
        await using var silo = new TestSilo(static options => options.MailboxLimit = 1);
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        var grain = silo.Grain("p/a");
        var running = grain.RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;
        var givenUp = grain.RunAsync(Scripts.Nothing, source.Token);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => givenUp);

        var next = grain.RunAsync(Scripts.Note("next"), CancellationToken.None);

        gate.Open();
        await Task.WhenAll(running, next);
        silo.Diary.ShouldBe(["next"]);
    }
}
