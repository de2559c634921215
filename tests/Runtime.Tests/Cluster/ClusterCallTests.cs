using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls of grains that are at another silo.</summary>
public sealed class ClusterCallTests : IAsyncLifetime
{
    private TestNode _one = null!;
    private TestNode _two = null!;
    private TestNode _three = null!;

    public async Task InitializeAsync()
    {
        _one = await TestNode.StartAsync("silo-1");
        _two = await TestNode.StartAsync("silo-2");
        _three = await TestNode.StartAsync("silo-3");
    }

    public async Task DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Call_OfAGrainElsewhere_RunsThereAndAnswers()
    {
        Place("p/a", _two);

        (await _one.Grain("p/a").AddAsync(20, 22)).ShouldBe(42);
        (await _one.Grain("p/a").EchoAsync("早安 \"quoted\"")).ShouldBe("早安 \"quoted\"");
        await _one.Grain("p/a").RunAsync(Scripts.Note("ran"), CancellationToken.None);

        _two.Diary.ShouldBe(["ran"]);
        _one.Engine.Activations.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_OfOneCaller_RunInTheirOrder()
    {
        Place("p/a", _two);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number =>
            _one.Grain("p/a").RunAsync(Scripts.Note(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), CancellationToken.None)));

        _two.Diary.Select(int.Parse).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task OneWayCall_OfAGrainElsewhere_Runs()
    {
        Place("p/a", _two);

        await _one.Grain("p/a").TellAsync(Scripts.Note("told"), CancellationToken.None);

        await Testing.Eventually.BecomesTrueAsync(() => _two.Diary.Contains("told"), "the call ran");
    }

    [Fact]
    public async Task Fault_ThatIsPromised_KeepsItsType()
    {
        Place("p/a", _two);

        var fault = await Should.ThrowAsync<PromisedException>(() => _one.Grain("p/a").RunAsync(static (_, _) => throw new PromisedException("as agreed"), CancellationToken.None));

        fault.Message.ShouldBe("as agreed");
    }

    [Fact]
    public async Task Fault_ThatNobodyPromised_IsToldWithItsName()
    {
        Place("p/a", _two);

        var fault = await Should.ThrowAsync<RemoteGrainException>(() => _one.Grain("p/a").RunAsync(static (_, _) => throw new FormatException("odd"), CancellationToken.None));

        fault.Message.ShouldBe("script/p/a failed: FormatException: odd");
    }

    [Fact]
    public async Task Cancellation_OfTheCaller_ReachesTheGrain()
    {
        Place("p/a", _two);
        var begun = new Gate();
        using var cancellation = new CancellationTokenSource();
        var call = _one.Grain("p/a").RunAsync(Scripts.UntilCancelled(begun), cancellation.Token);
        await begun.Reached;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Testing.Eventually.BecomesTrueAsync(() => _two.Diary.Contains("cancelled"), "the grain was told");
    }

    [Fact]
    public async Task TimeOut_OfTheCaller_ReachesTheGrain()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.CallTimeout = TimeSpan.FromMilliseconds(200));
        hasty.Map.Learn("p/a", _two.Member);
        _two.Map.Learn("p/a", _two.Member);

        await Should.ThrowAsync<CallTimeoutException>(() => hasty.Grain("p/a").RunAsync(Scripts.UntilCancelled(new Gate()), CancellationToken.None));

        await Testing.Eventually.BecomesTrueAsync(() => _two.Diary.Contains("cancelled"), "the grain was told");
    }

    [Fact]
    public async Task RequestContext_OfKnownValues_Travels()
    {
        Place("p/a", _two);
        RequestContext.Set("carried", "seen");
        RequestContext.Set("left", "behind");

        await _one.Grain("p/a").RunAsync(
            static (stage, _) =>
            {
                stage.Note($"{RequestContext.Get("carried")}, {RequestContext.Get("left") ?? "nothing"}");
                return Task.CompletedTask;
            },
            CancellationToken.None);

        _two.Diary.ShouldBe(["seen, nothing"]);
    }

    [Fact]
    public async Task Call_ByAnOldMap_IsSentOnOnceAndTheMapIsLookedAtAgain()
    {
        Place("p/a", _three);
        _one.Map.Learn("p/a", _two.Member);

        (await _one.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);

        _three.Engine.Activations.ShouldBe(1);
        await Testing.Eventually.BecomesTrueAsync(() => _one.Map.Refreshes > 0, "the caller looks at the map again");
    }

    [Fact]
    public async Task Call_SentInACircle_GoesBackToItsCallerAndArrivesOnceTheMapIsRight()
    {
        _one.Map.Learn("p/a", _two.Member);
        _two.Map.Learn("p/a", _three.Member);
        _three.Map.Learn("p/a", _two.Member);
        var call = _one.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(() => _one.Map.Refreshes > 0, "the caller looks at the map again");

        Place("p/a", _three);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Call_WhileNobodyOwnsTheGrain_WaitsForAnOwner()
    {
        Place("p/a", null);
        var call = _one.Grain("p/a").AddAsync(1, 2);
        _one.Engine.Cluster!.Router.Parked.ShouldBe(1);

        Place("p/a", _two);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Call_ThatFindsNoOwnerInTime_IsRefused()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.ParkLimit = TimeSpan.FromMilliseconds(100));

        (await Should.ThrowAsync<GrainUnplacedException>(() => hasty.Grain("p/a").AddAsync(1, 2))).Target.ShouldBe(new GrainId("script", "p/a"));
    }

    [Fact]
    public async Task Calls_OverTheBoundOfThoseThatWait_AreRefused()
    {
        await using var small = await TestNode.StartAsync("silo-4", static engine => engine.MaxParkedCalls = 1);
        var first = small.Grain("p/a").AddAsync(1, 2);

        await Should.ThrowAsync<OverloadedException>(() => small.Grain("p/a").AddAsync(1, 2));

        small.Map.Learn("p/a", small.Member);
        (await first).ShouldBe(3);
    }

    [Fact]
    public async Task CallBack_OverSilos_IsRefusedWithTheChain()
    {
        Place("p/a", _one);
        Place("p/b", _two);
        Place("p/c", _three);

        var refusal = await Should.ThrowAsync<CallCycleException>(() => _one.Grain("p/a").RunAsync(
            Scripts.Call("p/b", Scripts.Call("p/c", Scripts.Call("p/a", Scripts.Nothing))), CancellationToken.None));

        refusal.Chain.ShouldBe(["script/p/c.RunAsync", "script/p/a.RunAsync"]);
    }

    [Fact]
    public async Task FanOut_OverSilosThatMeetsAgain_IsNoCycle()
    {
        Place("p/a", _one);
        Place("p/b", _two);
        Place("p/c", _three);
        Place("p/d", _one);
        var gate = new Gate();
        var root = _one.Grain("p/a").RunAsync(async (stage, token) => await Task.WhenAll(
            Scripts.Call("p/b", Scripts.Call("p/d", Scripts.Between("one", gate)))(stage, token),
            Scripts.Call("p/c", Scripts.Call("p/d", Scripts.Between("two", gate)))(stage, token)), CancellationToken.None);
        await gate.Reached;
        gate.Open();

        await root;

        _one.Diary.Count.ShouldBe(4);
    }

    [Fact]
    public async Task LostLink_OfACallThatMayHaveRun_IsTold()
    {
        Place("p/a", _two);
        var gate = new Gate();
        var call = _one.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        _one.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
        (await _one.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task LostLink_OfARead_IsReadAgain()
    {
        Place("p/a", _two);
        var first = new Gate();
        var reads = 0;
        var call = _one.Grain("p/a").ReadAsync((_, _) => Interlocked.Increment(ref reads) == 1 ? first.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await first.Reached;

        _one.CutLinks();
        await call;

        first.Open();
        reads.ShouldBe(2);
    }

    [Fact]
    public async Task LostLink_OfARepeatableCall_IsSentAgain()
    {
        Place("p/a", _two);
        RequestContext.Set("carried", "repeatable");
        var first = new Gate();
        var runs = 0;
        var call = _one.Grain("p/a").InterleaveAsync((_, _) => Interlocked.Increment(ref runs) == 1 ? first.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await first.Reached;

        _one.CutLinks();
        await call;

        first.Open();
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task LostLink_OfARepeatableCallThatFindsNoOwnerAgain_IsToldThatItMayHaveRun()
    {
        await using var hasty = await TestNode.StartAsync("silo-4", static engine => engine.ParkLimit = TimeSpan.FromMilliseconds(200));
        hasty.Map.Learn("p/a", _two.Member);
        _two.Map.Learn("p/a", _two.Member);
        RequestContext.Set("carried", "repeatable");
        var gate = new Gate();
        var call = hasty.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        hasty.Map.Learn("p/a", null);
        hasty.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
    }

    [Fact]
    public async Task Fault_OfATurnThatRan_IsNeverTakenForARefusal()
    {
        Place("p/a", _two);
        var runs = 0;

        await Should.ThrowAsync<RemoteGrainException>(() => _one.Grain("p/a").RunAsync(
            (_, _) =>
            {
                runs++;
                throw new EngineStoppingException();
            },
            CancellationToken.None));

        runs.ShouldBe(1);
    }

    [Fact]
    public async Task Release_LetsTheRunningTurnEndAndTakesWaitingCallsToTheNewOwner()
    {
        Place("p/a", _one);
        Place("p/stays", _one);
        await _one.Grain("p/stays").TouchAsync();
        var gate = new Gate();
        var running = _one.Grain("p/a").RunAsync(Scripts.Between("running", gate), CancellationToken.None);
        await gate.Reached;
        var waiting = _one.Grain("p/a").RunAsync(Scripts.Note("waited"), CancellationToken.None);

        var released = _one.Release.ReleaseAsync(new HashSet<short> { Placement.PartitionOf("script", "p/a") }, CancellationToken.None);
        var late = _one.Grain("p/a").RunAsync(Scripts.Note("late"), CancellationToken.None);
        released.IsCompleted.ShouldBeFalse();
        gate.Open();
        await running;
        await released;
        Place("p/a", _two);

        await Task.WhenAll(waiting, late);
        _one.Diary.ShouldBe(["running begins", "running ends", "p/a leaves: Migrating"]);
        _two.Diary.ShouldBe(["waited", "late"], ignoreOrder: true);
        (await _one.Grain("p/stays").GenerationAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Release_ThatWasGivenUp_LetsCallsGoOnHere()
    {
        Place("p/a", _one);
        var partitions = new HashSet<short> { Placement.PartitionOf("script", "p/a") };
        await _one.Release.ReleaseAsync(partitions, CancellationToken.None);
        var call = _one.Grain("p/a").AddAsync(1, 2);
        _one.Engine.Cluster!.Router.Parked.ShouldBe(1);

        _one.Release.Kept(partitions);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Stopping_OfTheOwner_LeavesCallsToTheNextOne()
    {
        Place("p/a", _two);
        await _one.Grain("p/a").TouchAsync();
        await _two.StopAsync();
        var call = _one.Grain("p/a").AddAsync(1, 2);

        Place("p/a", _three);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Call_OfAMethodThatTheOwnerDoesNotKnow_IsToldSo() =>
        (await Should.ThrowAsync<UnknownGrainMethodException>(() => Task.FromResult(_one.Engine.Resolve(WireName.Of("script"), WireName.Of(typeof(IScriptGrain).FullName!), 1, "p/a"))))
            .Message.ShouldContain("has no method 00000001");

    private IEnumerable<TestNode> Nodes => [_one, _two, _three];

    /// <summary>Every silo learns it.</summary>
    private void Place(string key, TestNode? owner)
    {
        foreach (var node in Nodes.OrderByDescending(node => node == owner))
            node.Map.Learn(key, owner?.Member);
    }
}
