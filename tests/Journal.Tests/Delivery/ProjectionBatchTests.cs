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

    [Fact]
    public void TakeHalf_SeveralFeeds_LeavesTheOthersWithAllThatIsTheirs()
    {
        var feeds = Enumerable.Range(1, 5).Select(number => FeedLog.StartedFeed((short)number)).ToList();
        var batch = new ProjectionBatch("notes", ordinal: 0);
        foreach (var feed in feeds)
            batch.Add(feed, [FeedLog.Event(feed.Partition, 1, "a"), FeedLog.Event(feed.Partition, 2, "a")], scanned: 3);

        var half = batch.TakeHalf();

        half.Feeds.Count.ShouldBe(2);
        half.Feeds.Concat(batch.Feeds).ShouldBe(feeds, ignoreOrder: true);
        half.Count.ShouldBe(4);
        batch.Count.ShouldBe(6);
        half.Moves().Concat(batch.Moves()).ShouldAllBe(move => move.To == 3);
    }

    [Fact]
    public void Shorten_MoreEvents_MovesToTheLastOneThatIsLeft()
    {
        var feed = FeedLog.StartedFeed(partition: 7);
        var batch = new ProjectionBatch("notes", ordinal: 0);
        batch.Add(feed, [.. Enumerable.Range(1, 5).Select(seq => FeedLog.Event(7, seq, "a"))], scanned: 9);

        batch.Shorten(2);
        batch.SetStored();
        batch.Complete();

        batch.Count.ShouldBe(2);
        feed.GetStored(0).ShouldBe(2);
        feed.GetMove(0, skipAtLeast: 1).ShouldBeNull("what was left out is not passed");
    }
}
