using System.Text;
using System.Text.Json;
using AwoooP.Events;
using AwoooP.Trust;

namespace AwoooP.Grains.Tests.Events;

/// <summary>An event type that has been through three versions: a renamed property, then a new one.</summary>
public sealed class UpcastTests
{
    private readonly EventCatalog _events = new([ReshapedTrust.Raised]);

    [Fact]
    public void Decode_OfTheNewestVersion_ReadsItAsItIs() =>
        Decode(3, """{"action_pattern":"restart","score":2,"total_approvals":5,"by":"ann"}""").ShouldBe(new TrustRaised("restart", 2, 5, "ann"));

    [Fact]
    public void Decode_OfAnOlderVersion_GoesThroughEveryUpcastSince()
    {
        Decode(1, """{"pattern":"restart","score":2,"by":"ann"}""").ShouldBe(new TrustRaised("restart", 2, 2, "ann"));
        Decode(2, """{"action_pattern":"restart","score":2,"by":"ann"}""").ShouldBe(new TrustRaised("restart", 2, 2, "ann"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Decode_OfAVersionWithNoWayHere_Throws(int version) =>
        Should.Throw<JsonException>(() => Decode(version, """{"pattern":"restart","score":2,"by":"ann"}"""))
            .Message.ShouldContain("trust.raised");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{")]
    public void Decode_OfAnOlderVersionThatIsNoObject_Throws(string json) => Should.Throw<JsonException>(() => Decode(1, json));

    [Theory]
    [InlineData("trust.raised", 1, true)]
    [InlineData("trust.raised", 3, true)]
    [InlineData("trust.raised", 4, false)]
    [InlineData("trust.reset", 1, false)]
    public void Knows_OnlyWhatThisBuildReads(string name, int version, bool expected) => _events.Knows(name, version).ShouldBe(expected);

    [Fact]
    public void Decode_OfAnUnknownName_Throws() =>
        Should.Throw<InvalidOperationException>(() => _events.Decode("trust.reset", 1, "{}"u8)).Message.ShouldContain("trust.reset");

    private object Decode(int version, string json) => _events.Decode("trust.raised", version, Encoding.UTF8.GetBytes(json));
}
