using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Tests;

/// <summary>What a silo may still say from memory as its lease comes and goes.</summary>
public sealed class LeaseTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private readonly TestSilo _silo;
    private readonly LeaseGuard _lease;

    public LeaseTests()
    {
        _silo = new TestSilo(register: static services => services.AddSingleton<LeaseGuard>());
        _lease = _silo.Services.GetRequiredService<LeaseGuard>();
        Join(1);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Answer_WhileTheLeaseRuns_Leaves() =>
        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(1);

    [Fact]
    public async Task Answer_OnceTheLeaseRanOut_IsWithheld()
    {
        var gate = new Gate();
        var call = _silo.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        _silo.Clock.Advance(Lease);
        gate.Open();

        (await Should.ThrowAsync<LeaseLostException>(() => call)).Target.ShouldBe(new GrainId("script", "p/a"));
        await Should.ThrowAsync<LeaseLostException>(() => _silo.Grain("p/a").AddAsync(1, 2));
    }

    [Fact]
    public async Task Answer_LeaseRenewedAfterItRanOut_LeavesFromTheSameMemory()
    {
        await _silo.Grain("p/a").TouchAsync();
        _silo.Clock.Advance(Lease);

        // Nobody has taken over, or the incarnation would be another.
        _lease.Extend(_silo.Clock.GetTimestamp(), Lease);

        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Answer_OfATurnThatBeganInAnEarlierIncarnation_IsWithheld()
    {
        var gate = new Gate();
        var call = _silo.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;

        _lease.Lose();
        Join(2);
        gate.Open();

        await Should.ThrowAsync<LeaseLostException>(() => call);
        (await _silo.Grain("p/a").GenerationAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Answer_OfMemoryFromBeforeTheSiloJoined_IsWithheldOnce()
    {
        _lease.Lose();
        await Should.ThrowAsync<LeaseLostException>(() => _silo.Grain("p/a").AddAsync(1, 2));
        Join(2);

        await Should.ThrowAsync<LeaseLostException>(() => _silo.Grain("p/a").AddAsync(1, 2));

        (await _silo.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task OneWayCall_PastTheLease_RunsAndTellsNobody()
    {
        _silo.Clock.Advance(Lease);

        await _silo.Grain("p/a").TellAsync(Scripts.Note("told"), CancellationToken.None);

        await Testing.Eventually.BecomesTrueAsync(() => _silo.Diary.Contains("told"), "the call ran");
    }

    [Fact]
    public async Task Forget_GrainsInMemory_AreLoadedAnew()
    {
        foreach (var key in (string[])["p/a", "p/b"])
            await _silo.Grain(key).TouchAsync();

        _silo.Engine.Forget();

        foreach (var key in (string[])["p/a", "p/b"])
            (await _silo.Grain(key).GenerationAsync(CancellationToken.None)).ShouldBe(2);
        _silo.Diary.ShouldBe(["p/a leaves: RuntimeRequested", "p/b leaves: RuntimeRequested"], ignoreOrder: true);
    }

    private void Join(long incarnation) => _lease.Join(new Incarnation(incarnation, 1), _silo.Clock.GetTimestamp(), Lease);
}
