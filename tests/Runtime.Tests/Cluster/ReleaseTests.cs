using AwoooP.Runtime.Cluster;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Partitions that leave a silo.</summary>
public sealed class ReleaseTests : ThreeSilos
{
    [Fact]
    public async Task Release_LetsTheRunningTurnEndAndTakesWaitingCallsToTheNewOwner()
    {
        Place("p/a", One);
        Place("p/stays", One);
        await One.Grain("p/stays").TouchAsync();
        var gate = new Gate();
        var running = One.Grain("p/a").RunAsync(Scripts.Between("running", gate), CancellationToken.None);
        await gate.Reached;
        var waiting = One.Grain("p/a").RunAsync(Scripts.Note("waited"), CancellationToken.None);

        var released = ReleaseAsync("p/a");
        var late = One.Grain("p/a").RunAsync(Scripts.Note("late"), CancellationToken.None);
        released.IsCompleted.ShouldBeFalse();
        gate.Open();
        await running;
        await released;
        Place("p/a", Two);

        await Task.WhenAll(waiting, late);
        One.Diary.ShouldBe(["running begins", "running ends", "p/a leaves: Migrating"]);
        Two.Diary.ShouldBe(["waited", "late"], ignoreOrder: true);
        (await One.Grain("p/stays").GenerationAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Release_ThatWasGivenUp_LetsCallsGoOnHere()
    {
        Place("p/a", One);
        var partitions = new HashSet<short> { PartitionOf("p/a") };
        await One.Release.ReleaseAsync(partitions, CancellationToken.None);
        var call = One.Grain("p/a").AddAsync(1, 2);
        await Testing.Eventually.BecomesTrueAsync(() => One.Engine.Cluster!.Router.Parked == 1, "the call waits");

        One.Release.Kept(partitions);

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Release_ThatWasLeftBehind_ClosesNothingAfterwards()
    {
        Place("p/a", One);
        var partition = PartitionOf("p/a");
        using var limit = new CancellationTokenSource();
        var partitions = new WatchedSet(partition);
        partitions.Enumerated = () =>
        {
            // The release has begun, and is about to look whether anything is left there.
            if (limit.IsCancellationRequested || One.Engine.Cluster!.Placement.Locate(partition).Kind == SiteKind.Here)
                return;
            limit.Cancel();
            One.Release.Kept(new HashSet<short> { partition });
        };

        await Should.ThrowAsync<OperationCanceledException>(() => One.Release.ReleaseAsync(partitions, limit.Token));

        limit.IsCancellationRequested.ShouldBeTrue();
        (await One.Grain("p/a").AddAsync(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task Release_OfSeveral_LetsThoseGoThatAreEmpty()
    {
        Place("p/slow", One);
        Place("p/idle", One);
        await One.Grain("p/idle").TouchAsync();
        var gate = new Gate();
        var running = One.Grain("p/slow").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;
        HashSet<short> both = [PartitionOf("p/slow"), PartitionOf("p/idle")];

        (await One.Release.ReleaseAsync(both, CancellationToken.None)).ShouldBe([PartitionOf("p/idle")]);

        gate.Open();
        await running;
        await ReleaseAsync("p/slow");
    }

    [Fact]
    public async Task Release_WhileATurnCallsAGrainOfThePartition_LetsItEnd()
    {
        var beside = KeyBeside("p/a");
        Place("p/a", One);
        var gate = new Gate();
        var running = One.Grain("p/a").RunAsync(
            async (stage, token) =>
            {
                await gate.WaitAsync();
                await Scripts.Call(beside, Scripts.Note("called"))(stage, token);
            },
            CancellationToken.None);
        await gate.Reached;
        (await One.Release.ReleaseAsync(new HashSet<short> { PartitionOf("p/a") }, CancellationToken.None)).ShouldBeEmpty();

        gate.Open();

        await running;
        One.Diary.ShouldContain("called");
        await ReleaseAsync("p/a");
    }

    [Fact]
    public async Task Calls_OfAnActivationThatIsLeftBehind_GoToTheNewOwner()
    {
        Place("p/a", One);
        var gate = new Gate();
        var hung = One.Grain("p/a").RunAsync(Scripts.Wait(gate), CancellationToken.None);
        await gate.Reached;
        var waiting = One.Grain("p/a").RunAsync(Scripts.Note("waited"), CancellationToken.None);
        (await One.Release.ReleaseAsync(new HashSet<short> { PartitionOf("p/a") }, CancellationToken.None)).ShouldBeEmpty();
        var late = One.Grain("p/a").RunAsync(Scripts.Note("late"), CancellationToken.None);
        var remote = Three.Grain("p/a").RunAsync(Scripts.Note("remote"), CancellationToken.None);

        Place("p/a", Two);

        await Task.WhenAll(waiting, late, remote);
        Two.Diary.ShouldBe(["waited", "late", "remote"], ignoreOrder: true);
        hung.IsCompleted.ShouldBeFalse();
        gate.Open();
        await Should.ThrowAsync<LeaseLostException>(() => hung);
    }

    [Fact]
    public async Task Partition_ThatIsLostWithoutARelease_LeavesNothingInMemory()
    {
        Place("p/a", One);
        await One.Grain("p/a").TouchAsync();

        Place("p/a", Two);

        await Testing.Eventually.BecomesTrueAsync(() => One.Engine.Activations == 0, "the activation leaves without a call");
    }

    private async Task ReleaseAsync(string key)
    {
        var left = new HashSet<short> { PartitionOf(key) };
        while (left.Count > 0)
            left.ExceptWith(await One.Release.ReleaseAsync(left, CancellationToken.None));
    }

    private static short PartitionOf(string key) => Placement.PartitionOf("script", key);

    private static string KeyBeside(string key) => Enumerable.Range(0, int.MaxValue)
        .Select(static number => $"p/beside-{number}").First(other => PartitionOf(other) == PartitionOf(key));

    /// <summary>Tells when somebody goes through it: a way into the middle of a release.</summary>
    private sealed class WatchedSet(short partition) : HashSet<short>([partition]), IEnumerable<short>
    {
        public Action Enumerated { get; set; } = static () => { };

        IEnumerator<short> IEnumerable<short>.GetEnumerator()
        {
            Enumerated();
            return GetEnumerator();
        }
    }
}
