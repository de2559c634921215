using System.Text.Json;
using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class LabelSetTests
{
    private static readonly string Long = new('x', 500);

    [Fact]
    public void Labels_WrittenAndReadAgain_AreTheSame()
    {
        var labels = new Dictionary<string, string> { ["alertname"] = "DiskFull", ["quoted"] = "\"a\\b\"\n", ["名"] = "磁碟 \U0001F525", ["long"] = Long, ["empty"] = "" };

        var read = Read(JsonSerializer.Serialize(Batch(labels), AlertBatchJson.Default.AlertBatch));

        read.ShouldBe(labels, ignoreOrder: true);
        read.Count.ShouldBe(labels.Count);
        read.Keys.ShouldBe(labels.Keys);
        read.Values.ShouldBe(labels.Values);
        read["quoted"].ShouldBe(labels["quoted"]);
        read.ContainsKey("absent").ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => read["absent"]);
    }

    [Fact]
    public void Labels_ReadAgain_ShareTheirTexts()
    {
        var json = JsonSerializer.Serialize(Batch(new Dictionary<string, string> { ["alertname"] = "SharedByAllReads" }), AlertBatchJson.Default.AlertBatch);

        Read(json)["alertname"].ShouldBeSameAs(Read(json)["alertname"]);
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""["a"]""")]
    public void Labels_ThatAreNoTexts_CannotBeRead(string labels)
    {
        var json = JsonSerializer.Serialize(Batch(new Dictionary<string, string>()), AlertBatchJson.Default.AlertBatch);

        Should.Throw<JsonException>(() => Read(json.Replace("\"labels\":{}", $"\"labels\":{labels}", StringComparison.Ordinal)));
    }

    private static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize(json, AlertBatchJson.Default.AlertBatch)!.Alerts.ShouldHaveSingleItem().Labels;

    private static AlertBatch Batch(IReadOnlyDictionary<string, string> labels) => new(
        AlertBatch.AlertmanagerApi,
        [new SentAlert("0123456789abcdef", labels, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null)]);
}
