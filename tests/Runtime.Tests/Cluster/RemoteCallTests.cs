using System.Diagnostics;
using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls of grains that are at another silo.</summary>
public sealed class RemoteCallTests : CallsElsewhere
{
    [Fact]
    public async Task Call_OfAGrainElsewhere_RunsThereAndAnswers()
    {
        Place("p/a", Two);

        (await One.Grain("p/a").AddAsync(20, 22)).ShouldBe(42);
        (await One.Grain("p/a").EchoAsync("早安 \"quoted\"")).ShouldBe("早安 \"quoted\"");
        await One.Grain("p/a").RunAsync(Scripts.Note("ran"), CancellationToken.None);

        Two.Diary.ShouldBe(["ran"]);
        One.Engine.Activations.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_OfOneCaller_RunInTheirOrder()
    {
        Place("p/a", Two);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number =>
            One.Grain("p/a").RunAsync(Scripts.Note(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), CancellationToken.None)));

        Two.Diary.Select(int.Parse).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task Call_OfATrace_GoesOnInItElsewhere()
    {
        Place("p/traced", Two);
        using var turns = new RecordedTurns();
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        await One.Grain("p/traced").EchoAsync("here");

        var turn = turns.Of("p/traced");
        (turn.TraceId, turn.ParentSpanId).ShouldBe((caller.TraceId, caller.SpanId));
    }

    [Fact]
    public async Task OneWayCall_OfAGrainElsewhere_Runs()
    {
        Place("p/a", Two);

        await One.Grain("p/a").TellAsync(Scripts.Note("told"), CancellationToken.None);

        await Testing.Eventually.BecomesTrueAsync(() => Two.Diary.Contains("told"), "the call ran");
    }

    [Fact]
    public async Task Fault_OfATurnThatRan_IsNeverTakenForARefusal()
    {
        Place("p/a", Two);
        var runs = 0;

        await Should.ThrowAsync<RemoteGrainException>(() => One.Grain("p/a").RunAsync(
            (_, _) =>
            {
                runs++;
                throw new EngineStoppingException();
            },
            CancellationToken.None));

        runs.ShouldBe(1);
    }

    [Fact]
    public async Task TimeOut_OfTheCaller_ReachesTheGrain()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.CallTimeout = TimeSpan.FromMilliseconds(200));
        hasty.Map.Learn("p/a", Two.Member);
        Two.Map.Learn("p/a", Two.Member);

        var begun = new Gate();
        // On a busy machine the time may be over before the call has come so far.
        do
            await Should.ThrowAsync<CallTimeoutException>(() => hasty.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), CancellationToken.None));
        while (!begun.Reached.IsCompleted);

        await Testing.Eventually.BecomesTrueAsync(() => Two.Diary.Contains("cancelled"), "the grain was told");
    }

    [Fact]
    public async Task RequestContext_OfKnownValues_Travels()
    {
        Place("p/a", Two);
        RequestContext.Set("carried", "seen");
        RequestContext.Set("left", "behind");

        await One.Grain("p/a").RunAsync(
            static (stage, _) =>
            {
                stage.Note($"{RequestContext.Get("carried")}, {RequestContext.Get("left") ?? "nothing"}");
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Two.Diary.ShouldBe(["seen, nothing"]);
    }

    [Fact]
    public async Task Call_OfAMethodThatTheOwnerDoesNotKnow_IsToldSo() =>
        (await Should.ThrowAsync<UnknownGrainMethodException>(() => Task.FromResult(One.Engine.Resolve(WireName.Of("script"), WireName.Of(typeof(IScriptGrain).FullName!), 1, "p/a"))))
            .Message.ShouldContain("has no method 00000001");

    private protected override TestNode PlaceElsewhere(string key)
    {
        Place(key, Two);
        return Two;
    }
}
