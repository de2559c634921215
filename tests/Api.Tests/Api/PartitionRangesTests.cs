using AwoooP.Client.Api;

namespace AwoooP.Api.Tests.Api;

public sealed class PartitionRangesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("7", 7)]
    [InlineData("0-1", 0, 1)]
    [InlineData("0, 2, 4-6, 255", 0, 2, 4, 5, 6, 255)]
    public void Of_Partitions_JoinsThoseThatFollowEachOther(string ranges, params int[] partitions) =>
        PartitionRanges.Of([.. partitions.Select(static partition => (short)partition)]).ShouldBe(ranges);
}
