using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Records.Projecting;
using AwoooP.Trust;

namespace AwoooP.Records.Tests.Projections;

public sealed class DecodedEventTests
{
    private static readonly EventCatalog Events = new(
    [
        new EventType<TrustReset>("trust.reset", 2, RenamedJson.Default.TrustReset).Upcast(1, json => new JsonObject
        {
            ["action_pattern"] = json["pattern"]?.DeepClone(),
            ["total_rejections"] = json["total_rejections"]?.DeepClone(),
            ["by"] = json["by"]?.DeepClone(),
        }),
    ]);

    [Fact]
    public void From_AnEventOfAnOlderVersion_IsTheEventOfToday() =>
        DecodedEvent.From(Events, Recorded(1, """{"pattern":"restart","total_rejections":4,"by":"ann"}""")).Data.ShouldBe(new TrustReset("restart", 4, "ann"));

    [Theory]
    [InlineData(1, "[]")]
    [InlineData(2, "{")]
    public void From_AnEventThatCannotBeRead_IsAFaultThatNoRetryMends(int version, string json) =>
        Should.Throw<DeterministicFaultException>(() => DecodedEvent.From(Events, Recorded(version, json)));

    /// <summary>It is waited for: the build that wrote it can read it.</summary>
    [Theory]
    [InlineData("trust.reset", 3)]
    [InlineData("trust.reviewed", 1)]
    public void From_AnEventOfANewerBuild_IsNoFaultOfItsContent(string type, int version) =>
        Should.Throw<UnknownEventException>(() => DecodedEvent.From(Events, Recorded(version, "{}") with { Type = type }));

    private static RecordedEvent Recorded(int version, string json) =>
        new EventLog("a").Append("trust", "restart", "ann", new TrustReset("restart", 4, "ann")).Events[0] with { TypeVersion = version, Data = Encoding.UTF8.GetBytes(json) };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrustReset))]
internal sealed partial class RenamedJson : JsonSerializerContext;
