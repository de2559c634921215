using System.Net;
using AwoooP.Client.Auth;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Auth;

public sealed class SourceBucketsTests
{
    private static readonly IPAddress Source = IPAddress.Parse("192.0.2.7");

    private readonly FakeClock _clock = new();

    [Fact]
    public void TryTake_MoreThanTheBurst_IsRefusedUntilTimeHasPassed()
    {
        var buckets = new SourceBuckets(burst: 3, perSecond: 0.5, _clock);
        for (var time = 0; time < 3; time++)
            buckets.TryTake(Source, out _).ShouldBeTrue();

        buckets.TryTake(Source, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(2));
        _clock.Advance(wait);
        buckets.TryTake(Source, out _).ShouldBeTrue();
        buckets.TryTake(Source, out _).ShouldBeFalse();
    }

    [Fact]
    public void TryTake_AfterALongRest_GivesNoMoreThanTheBurst()
    {
        var buckets = new SourceBuckets(burst: 2, perSecond: 1, _clock);
        _clock.Advance(TimeSpan.FromDays(1));

        buckets.TryTake(Source, out _).ShouldBeTrue();
        buckets.TryTake(Source, out _).ShouldBeTrue();
        buckets.TryTake(Source, out _).ShouldBeFalse();
    }

    [Fact]
    public void IsEmpty_Asked_TakesNothing()
    {
        var buckets = new SourceBuckets(burst: 1, perSecond: 1, _clock);
        buckets.IsEmpty(Source, out _).ShouldBeFalse();
        buckets.IsEmpty(Source, out _).ShouldBeFalse();

        buckets.TryTake(Source, out _).ShouldBeTrue();
        buckets.IsEmpty(Source, out var wait).ShouldBeTrue();
        wait.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    public void Addresses_OfOneSource_ShareABucket(string one, string other)
    {
        var buckets = new SourceBuckets(burst: 1, perSecond: 1, _clock);

        buckets.TryTake(IPAddress.Parse(one), out _).ShouldBeTrue();
        buckets.TryTake(IPAddress.Parse(other), out _).ShouldBeFalse();
    }

    /// <summary>Of 64 sources, no two of which are alike, nearly all have a bucket of their own, whatever the seed of the process.</summary>
    [Fact]
    public void Addresses_OfManySources_RarelyShareABucket()
    {
        var buckets = new SourceBuckets(burst: 1, perSecond: 1, _clock);

        Enumerable.Range(0, 64).Count(number => buckets.TryTake(IPAddress.Parse($"2001:db8:0:{number:x}::1"), out _)).ShouldBeGreaterThan(48);
    }
}
