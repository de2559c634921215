using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Projections;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class HeldBackTests
{
    [Fact]
    public void Reload_PartitionLostDuringTheRead_LeavesNothingBehindThatHidesTheNextOne()
    {
        var lost = FeedLog.StartedFeed(partition: 7);
        var taken = FeedLog.StartedFeed(partition: 7);
        var held = new HeldBack(new NoteProjection());
        var head = FeedLog.Event(7, 1, "a");
        held.Acquire(lost, []);
        held.Forget(lost);
        held.Reload(lost, [new HeldQueue(HeldKey.OfAggregate(head), IsWaiting: true)]);
        held.AnyWaiting.ShouldBeFalse();

        held.Acquire(taken, []);
        held.Add(new HeldRow(head, DeadLetterKind.Fault, HeldKey.OfAggregate(head), "fault")).ShouldBeTrue();

        var batch = new ProjectionBatch("notes", ordinal: 0);
        batch.Add(taken, [FeedLog.Event(7, 2, "a")], scanned: 2);
        held.Divide(batch).Queued.ShouldHaveSingleItem().Kind.ShouldBe(DeadLetterKind.Queued);
    }

    [Fact]
    public void Divide_HoldOfAChainInOnePartition_LeavesTheProjectsOtherPartitionsAlone()
    {
        var (here, there) = (FeedLog.StartedFeed(partition: 7), FeedLog.StartedFeed(partition: 8));
        var chained = new NoteProjection { IsChained = true };
        var held = new HeldBack(chained);
        var head = FeedLog.Event(7, 1, "a");
        held.Acquire(here, [new HeldQueue(HeldKey.Of(chained, head), IsWaiting: false)]);
        held.Acquire(there, []);
        var batch = new ProjectionBatch("notes", ordinal: 0);
        batch.Add(here, [FeedLog.Event(7, 2, "b")], scanned: 2);
        batch.Add(there, [FeedLog.Event(8, 1, "a")], scanned: 1);

        var (free, queued) = held.Divide(batch);

        free.ShouldHaveSingleItem().Position.Partition.ShouldBe((short)8);
        queued.ShouldHaveSingleItem().Event.Position.Partition.ShouldBe((short)7);
    }
}
