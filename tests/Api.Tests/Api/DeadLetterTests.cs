using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Api;

/// <summary>A retry is for the dead letters of the operator's own project.</summary>
public sealed class DeadLetterTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Retry_OwnDeadLetter_IsDelivered()
    {
        var id = Hold("awoooi");
        using var client = host.ConnectAs(OperatorRole.Admin);

        var answer = await (await client.PostAsync(Path(id), null)).JsonAsync();

        answer.GetProperty("status").GetString().ShouldBe("delivered");
        answer.GetProperty("delivered").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Retry_OfAnotherProjectOrNone_IsNotFound()
    {
        var there = Hold("ewoooc");
        using var client = host.ConnectAs(OperatorRole.Admin);

        foreach (var id in (string[])[there, Guid.Empty.ToString(), "1"])
            await (await client.PostAsync(Path(id), null)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dead_letter_not_found");
    }

    private static string Path(string id) => $"/v1/platform/delivery/dead-letters/{id}/retry";

    private string Hold(string project)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        host.Journal.Held.Add(new DeadLetter(
            id, "incidents", DeadLetterKind.Fault, new Position(1, 1, 1), new AggregateId("incident", $"{project}/a"), "incident.opened", "fault", 1, now, 1));
        return id.ToString();
    }
}
