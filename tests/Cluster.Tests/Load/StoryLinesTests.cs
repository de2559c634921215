using System.Text.Json.Nodes;
using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class StoryLinesTests
{
    private static readonly Write Occurrence = new("own-c1-n4", 2);

    [Fact]
    public void Read_IncidentOpened_IsTheAlertOfItsSummary() =>
        Read("incident_opened", """{"description":"bench-load own-c1-n4 1","incident_id":"INC-1","details":{"hit_count":1}}""")
            .ShouldBe(new ToldWrite(new Write("own-c1-n4", 1), 1, "INC-1"));

    [Theory]
    [InlineData("incident_fired_again")]
    [InlineData("incident_reopened")]
    public void Read_IncidentFiredAgain_IsTheAlertOfItsMember(string key) =>
        Read(key, $$$"""{"incident_id":"INC-1","details":{"member_id":"{{{AlertSender.MemberIdOf(Occurrence)}}}","hit_count":3}}""")
            .ShouldBe(new ToldWrite(Occurrence, 3, "INC-1"));

    [Theory]
    [InlineData("playbook_created", "Playbook created: bench-load own-c4 1", 1)]
    [InlineData("playbook_revised", "Playbook revised to version 12: bench-load own-c4 12", 12)]
    public void Read_Playbook_IsTheRevisionOfItsName(string key, string title, int number) =>
        Read(key, $$$"""{"title":"{{{title}}}","details":{"playbook_id":"PB-1"}}""").ShouldBe(new ToldWrite(new Write("own-c4", number), number, "PB-1"));

    [Theory]
    [InlineData("incident_opened", """{"description":"bench-load other-c1-n4 1","incident_id":"INC-1","details":{"hit_count":1}}""")]
    [InlineData("incident_opened", """{"description":"Requests take longer than they should.","incident_id":"INC-1","details":{"hit_count":1}}""")]
    [InlineData("incident_opened", """{"description":null,"incident_id":"INC-1","details":{"hit_count":1}}""")]
    [InlineData("incident_fired_again", """{"incident_id":"INC-1","details":{"member_id":"0123456789abcdef","hit_count":3}}""")]
    [InlineData("playbook_created", """{"title":"Playbook created: Restart","details":{"playbook_id":"PB-1"}}""")]
    [InlineData("plan_declined", """{"title":"bench-load own-c1-n4 1","description":"bench-load own-c1-n4 1","details":{}}""")]
    public void Read_LineOfSomethingElse_IsNoWrite(string key, string line) => Read(key, line).ShouldBeNull();

    [Fact]
    public void Read_LineWithoutDetails_IsNoWrite() =>
        new StoryLines("own-", Members()).Read(JsonNode.Parse("""{"title":"bench-load own-c1-n4 1","details":null}""")!).ShouldBeNull();

    private static ToldWrite? Read(string key, string line)
    {
        var told = JsonNode.Parse(line)!;
        told["details"]!["phrases"] = new JsonObject { ["title"] = new JsonObject { ["key"] = key, ["args"] = new JsonObject() } };
        return new StoryLines("own-", Members()).Read(told);
    }

    private static Dictionary<string, Write> Members() => new() { [AlertSender.MemberIdOf(Occurrence)] = Occurrence };
}
