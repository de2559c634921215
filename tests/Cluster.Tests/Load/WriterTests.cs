using System.Net;
using System.Text.Json.Nodes;
using AwoooP.Bench.Load;
using AwoooP.Demo;

namespace AwoooP.Cluster.Tests.Load;

public sealed class WriterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("bench-load own-c1 12")]
    [InlineData("Playbook revised to version 12: bench-load own-c1 12")]
    public void Find_TextThatEndsWithAWrite_IsThatWrite(string text) => Write.Find(text).ShouldBe(new Write("own-c1", 12));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bench-load ")]
    [InlineData("bench-load own-c1")]
    [InlineData("bench-load own-c1 twelve")]
    [InlineData("bench-load own-c1 12 13")]
    public void Find_OtherText_IsNone(string? text) => Write.Find(text).HasValue.ShouldBeFalse();

    [Fact]
    public void Next_OfAlerts_RepeatsEveryFourthFiveTimes()
    {
        var sender = new AlertSender("own-c1", Start, Start.AddMinutes(10));

        string[] sent = [.. Enumerable.Range(0, 9).Select(_ => sender.Next().Write.ToString())];

        sent.ShouldBe(
        [
            "bench-load own-c1-n1 1", "bench-load own-c1-n2 1", "bench-load own-c1-n3 1",
            "bench-load own-c1-n4 1", "bench-load own-c1-n4 2", "bench-load own-c1-n4 3", "bench-load own-c1-n4 4", "bench-load own-c1-n4 5",
            "bench-load own-c1-n5 1",
        ]);
    }

    [Fact]
    public void Next_OfAlerts_TellsTheWriteInItsSummaryAndItsLabels()
    {
        var (write, request) = new AlertSender("own-c1", Start, Start.AddMinutes(10)).Next();

        var alert = JsonNode.Parse(request.Body!)![0]!;
        Write.Find((string?)alert["annotations"]!["summary"]).ShouldBe(write);
        ((string?)alert["labels"]!["service"]).ShouldBe(write.Chain);
        ((string?)alert["labels"]!["pod"]).ShouldBe("pod-1");
        ((string?)alert["endsAt"]).ShouldBe("2026-01-01T00:10:00Z");
    }

    [Fact]
    public void Next_OfAPlaybook_RevisesTheOneThatWasMade()
    {
        var writer = new PlaybookWriter("own-c4");

        var made = writer.Next();
        writer.Acknowledged(new CallEnd(HttpStatusCode.Created, null, """{"playbook_id":"PB-1"}""", WasSent: true) { Position = "3/14" });
        var revised = writer.Next();
        writer.Acknowledged(new CallEnd(HttpStatusCode.OK, null, """{"playbook_id":"PB-1"}""", WasSent: true));

        (made.Request.Method, made.Request.Path, made.Request.IdempotencyKey).ShouldBe((HttpMethod.Post, "playbooks", "own-c4-1"));
        (revised.Request.Method, revised.Request.Path, revised.Request.IdempotencyKey).ShouldBe((HttpMethod.Put, "playbooks/PB-1", "own-c4-2"));
        Write.Find((string?)JsonNode.Parse(revised.Request.Body!)!["definition"]!["name"]).ShouldBe(revised.Write);
        // An answer that tells no position takes none away.
        writer.Position.ShouldBe("3/14");
    }
}
