using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>People are told through a webhook of theirs, and what came of it can be read.</summary>
public sealed class NotificationTests(ConfiguredSystem system) : IClassFixture<ConfiguredSystem>
{
    [Fact]
    public async Task Webhook_ReceiverIsDownAtFirst_GetsTheSameSignedMessageAgain()
    {
        var incident = await IncidentOfAsync("Told");

        var outcome = await OutcomeAsync(incident, "delivered");

        var id = (string)outcome["notification_id"]!;
        ((string?)outcome["channel"], (string?)outcome["recipient"], (string?)outcome["message_id"]).ShouldBe(("webhook", "ops", $"peer-{id}"));
        ((string?)outcome["delivery_error"]).ShouldBeNull();
        ((int?)outcome["metadata"]!["attempts"]).ShouldBe(2);
        var posted = system.Peer.Posted.Where(message => message.Id == id).ToList();
        posted.Select(message => (int)message.Body["attempt"]!).ShouldBe([1, 2]);
        posted.ShouldAllBe(message => message.IsSigned);
        posted.ShouldAllBe(message => (string?)message.Body["incident_id"] == incident && (string?)message.Body["project_id"] == "awoooi");
        ((string)posted[0].Body["title"]!).ShouldContain("Told");
    }

    [Fact]
    public async Task Webhook_ReceiverWantsNone_FailsForGoodWithItsAnswer()
    {
        var outcome = await OutcomeAsync(await IncidentOfAsync(WebhookPeer.Unwanted), "failed");

        ((string?)outcome["delivery_error"]).ShouldBe("http_410");
        system.Peer.Posted.Count(message => message.Id == (string?)outcome["notification_id"]).ShouldBe(1);
    }

    [Fact]
    public async Task List_ByPages_HasEveryNotificationOnce()
    {
        foreach (var alert in (string[])["PageOne", "PageTwo", "PageThree"])
            await OutcomeAsync(await IncidentOfAsync(alert), "delivered");

        await Paging.ShouldHaveEveryRowOnceAsync(system.Viewer, "notifications?status=delivered", "outcome_id", atLeast: 3);
        await Paging.ShouldRefuseOutOfBoundsAsync(system.Viewer, "notifications");
        (await system.Viewer.GetAsync("v1/platform/notifications?status=sent")).ShouldBeProblem(422, "unknown_value");
        (await system.Viewer.GetAsync("v1/platform/notifications?approval_id=7")).ShouldBeProblem(422, "invalid_id");

        var other = (string)(await system.Viewer.GetAsync("v1/platform/incidents?limit=1")).ShouldSucceed().Body["next_cursor"]!;
        (await system.Viewer.GetAsync($"v1/platform/notifications?cursor={Uri.EscapeDataString(other)}")).ShouldBeProblem(422, "invalid_cursor");
        var unfiltered = (string)(await system.Viewer.GetAsync("v1/platform/notifications?limit=1")).ShouldSucceed().Body["next_cursor"]!;
        (await system.Viewer.GetAsync($"v1/platform/notifications?status=delivered&cursor={Uri.EscapeDataString(unfiltered)}"))
            .ShouldBeProblem(422, "invalid_cursor");
    }

    private async Task<string> IncidentOfAsync(string alert)
    {
        await system.FireAsync(alert);
        return (string)(await system.IncidentAsync(alert))["incident_id"]!;
    }

    private async Task<JsonNode> OutcomeAsync(string incident, string status)
    {
        JsonNode? found = null;
        await Readiness.UntilAsync(
            async _ => (found = (await SharedSystem.ItemsAsync(system.Viewer, $"notifications?incident_id={incident}&status={status}")).SingleOrDefault()) is not null,
            $"No notification of {incident} is {status}",
            CancellationToken.None);
        return found!;
    }
}
