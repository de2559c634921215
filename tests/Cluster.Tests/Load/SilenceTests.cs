using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class SilenceTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 8, 9 }, 2, 6)]
    [InlineData(new[] { 9, 1, 8, 2 }, 2, 6)]
    [InlineData(new[] { 7, 8, 9 }, 0, 7)]
    [InlineData(new[] { 1, 2, 3 }, 3, 7)]
    [InlineData(new[] { 5 }, 0, 5)]
    [InlineData(new int[0], 0, 10)]
    [InlineData(new[] { 3, 14 }, 3, 11)]
    public void Longest_OfTenSeconds_IsTheFirstLongestBetweenAcknowledgements(int[] acknowledged, int from, int length) =>
        Silence.Longest(acknowledged.Select(static second => TimeSpan.FromSeconds(second)), TimeSpan.FromSeconds(10))
            .ShouldBe(new Silence(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(length)));

    /// <summary>A client that waited past the end of the load for its last acknowledgement was silent until then.</summary>
    [Fact]
    public void Longest_LastAcknowledgementAfterTheEnd_ReachesOverIt() =>
        Silence.Longest([TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(30)], TimeSpan.FromSeconds(10))
            .ShouldBe(new Silence(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(21)));
}
