using AwoooP.Journal.Delivery.Projections;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ProjectionBatchTests
{
    [Fact]
    public void DropStopped_PartitionLostAndTakenAgain_KeepsWhatItsNewFeedGave()
    {
        var before = FeedLog.StartedFeed(partition: 7);
        var after = FeedLog.StartedFeed(partition: 7);
        var batch = new ProjectionBatch("notes", ordinal: 0);
        batch.Add(before, [FeedLog.Event(7, 1, "a")], scanned: 1);
        before.Stop();
        batch.Add(after, [FeedLog.Event(7, 1, "a"), FeedLog.Event(7, 2, "a")], scanned: 2);

        batch.DropStopped();

        batch.Events.Select(recorded => recorded.Position.Seq).ShouldBe([1L, 2L]);
        batch.Moves().ShouldHaveSingleItem().To.ShouldBe(2);
    }
}
