namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Calls of a process that hosts no grains.</summary>
public sealed class ClientCallTests : ThreeSilos
{
    private TestNode _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _client = await TestNode.StartClientAsync("client-1");
    }

    public override async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Call_OfAnyGrain_GoesStraightToItsSilo()
    {
        Place("p/a", One);
        Place("p/b", Two);

        (await _client.Grain("p/a").AddAsync(20, 22)).ShouldBe(42);
        (await _client.Grain("p/b").EchoAsync("早安")).ShouldBe("早安");

        One.Engine.Activations.ShouldBe(1);
        Two.Engine.Activations.ShouldBe(1);
        _client.Engine.Activations.ShouldBe(0);
        One.Peers.All.ShouldAllBe(static link => link.Peer.SiloId == "client-1");
    }

    [Fact]
    public async Task Calls_WhileNobodyOwnsTheGrain_WaitForAnOwnerUpToTheBound()
    {
        // On a clock that stands still the first ones do not look for an owner meanwhile, and so keep their places.
        await using var small = await TestNode.StartClientAsync("client-2", static engine => engine.MaxParkedCalls = 2, time: new Testing.FakeClock());
        Place("p/a", null);
        var calls = new[] { small.Grain("p/a").AddAsync(1, 2), small.Grain("p/a").AddAsync(2, 3) };

        await Should.ThrowAsync<OverloadedException>(() => small.Grain("p/a").AddAsync(3, 4));

        Two.Map.Learn("p/a", Two.Member);
        small.Map.Learn("p/a", Two.Member);
        (await Task.WhenAll(calls)).ShouldBe([3, 5]);
    }

    [Fact]
    public async Task SiloThatIsGone_WhoseGrainsWereTakenOver_IsCalledAtTheNextOwner()
    {
        Place("p/a", Two);
        await _client.Grain("p/a").TouchAsync();
        await EndAsync(Two);
        var call = _client.Grain("p/a").AddAsync(1, 2);

        Place("p/a", Three);

        (await call).ShouldBe(3);
        (await _client.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task LostLink_OfACallThatMayHaveRun_IsTold()
    {
        Place("p/a", Two);
        var gate = new Gate();
        var runs = 0;
        var call = _client.Grain("p/a").RunAsync(
            (_, _) =>
            {
                runs++;
                return gate.WaitAsync();
            },
            CancellationToken.None);
        await gate.Reached;

        _client.CutLinks();

        await Should.ThrowAsync<CallLostException>(() => call);
        gate.Open();
        (await _client.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task LostLink_OfACallThatMayRunTwice_IsSentAgain()
    {
        Place("p/a", Two);
        RequestContext.Set("carried", "repeatable");
        var gate = new Gate();
        var runs = 0;
        var call = _client.Grain("p/a").InterleaveAsync((_, _) => Interlocked.Increment(ref runs) == 1 ? gate.WaitAsync() : Task.CompletedTask, CancellationToken.None);
        await gate.Reached;

        _client.CutLinks();
        await call;

        gate.Open();
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task Clients_OfTheSameSilo_AreServedBesideEachOther()
    {
        await using var other = await TestNode.StartClientAsync("client-2");
        Place("p/a", Two);
        other.Map.Learn("p/a", Two.Member);
        var gate = new Gate();
        var reading = _client.Grain("p/a").ReadAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        await other.Grain("p/a").ReadAsync(Scripts.Note("read"), CancellationToken.None);

        gate.Open();
        await reading;
        Two.Diary.ShouldContain("read");
    }

    [Fact]
    public async Task StatelessWorkers_OfManyKeys_RunAtEverySiloAndNotHere()
    {
        Settle();

        foreach (var number in Enumerable.Range(0, 60))
            await Pool($"p/pool-{number}").NoteAsync("ran", CancellationToken.None);

        Silos.Sum(static silo => silo.Diary.Count).ShouldBe(60);
        Silos.ShouldAllBe(static silo => silo.Diary.Count > 5);
        _client.Engine.Activations.ShouldBe(0);
    }

    [Fact]
    public async Task StatelessWorkers_OfOneKey_RunAtOneSiloInTheirOrder()
    {
        Settle();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Pool("p/pool").NoteAsync($"{number:00}", CancellationToken.None)));

        Silos.Count(static silo => !silo.Diary.IsEmpty).ShouldBe(1);
    }

    [Fact]
    public async Task StatelessWorker_WhoseSiloIsGone_RunsAtAnotherWhileTheMapIsStillOld()
    {
        Settle();
        await Pool("p/pool").NoteAsync("first", CancellationToken.None);
        var gone = Silos.Single(static silo => !silo.Diary.IsEmpty);
        await EndAsync(gone);

        await Pool("p/pool").NoteAsync("second", CancellationToken.None);

        Silos.Where(silo => silo != gone).SelectMany(static silo => silo.Diary).ShouldBe(["second"]);
    }

    [Fact]
    public async Task StatelessWorker_WhileNoSiloIsThere_WaitsForOne()
    {
        var call = Pool("p/pool").NoteAsync("ran", CancellationToken.None);
        await Testing.Eventually.BecomesTrueAsync(() => _client.Engine.Cluster!.Router.Parked == 1, "the call waits");

        Settle();

        await call;
    }

    private IPoolGrain Pool(string key) => _client.Engine.GetGrain<IPoolGrain>(key);

    /// <summary>Every process learns it.</summary>
    private new void Place(string key, TestNode? owner) => TestNode.Place(key, owner, [.. Silos, _client]);

    /// <summary>Returns when the client knows that the link is gone: what it had sent before might have run.</summary>
    private async Task EndAsync(TestNode silo)
    {
        await silo.DisposeAsync();
        await Testing.Eventually.BecomesTrueAsync(() => _client.Peers.TryGet(silo.SiloId) is null, "the client has seen its end");
    }

    /// <summary>Each silo owns something, so that all are known.</summary>
    private void Settle()
    {
        foreach (var silo in Silos)
            Place($"p/{silo.SiloId}", silo);
    }
}
