using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Deliveries;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>What is decided about the dead letters of the operator's own project: on record first, then carried out.</summary>
public sealed class DeadLetterTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly WithheldEvent Withheld = new("incidents", "1.1.1", "incident/awoooi/a", "incident.opened");

    [Fact]
    public async Task List_OwnDeadLetters_NamesWhatIsHeldBack()
    {
        var (id, _) = Hold("awoooi");
        var (there, _) = Hold("ewoooc");
        using var client = host.ConnectAs(OperatorRole.Admin);

        var letters = (await (await client.GetAsync("/v1/platform/delivery")).JsonAsync()).GetProperty("dead_letters").EnumerateArray().ToArray();

        var letter = letters.Single(letter => letter.GetProperty("id").GetString() == id);
        letter.GetProperty("consumer").GetString().ShouldBe(Withheld.Consumer);
        letter.GetProperty("reason").GetString().ShouldBe("fault");
        letters.ShouldNotContain(other => other.GetProperty("id").GetString() == there);
    }

    [Fact]
    public async Task Retry_OwnDeadLetter_IsOnRecordAndDelivered()
    {
        var (id, file) = Hold("awoooi");
        using var client = host.ConnectAs(OperatorRole.Admin);

        var answer = await (await client.PostAsync(Path(id, "retry"), null)).JsonAsync();

        answer.GetProperty("status").GetString().ShouldBe("delivered");
        answer.GetProperty("delivered").GetInt32().ShouldBe(2);
        await file.Received().RetryAsync(new RetryDeadLetter(Withheld), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Discard_OwnDeadLetter_IsOnRecordWithItsReason()
    {
        var (id, file) = Hold("awoooi");
        using var client = host.ConnectAs(OperatorRole.Admin);

        var answer = await (await client.PostAsync(Path(id, "discard"), Answers.Json("""{"reason":"It never fits."}"""))).JsonAsync();

        answer.GetProperty("status").GetString().ShouldBe("delivered");
        host.Journal.Discarded.ShouldContain(Guid.Parse(id));
        await file.Received().DiscardAsync(new DiscardDeadLetter(Withheld, "It never fits."), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Discard_NotRecordedOrWithoutReason_IsNotCarriedOut()
    {
        var (id, file) = Hold("awoooi");
        file.DiscardAsync(Arg.Any<DiscardDeadLetter>(), Arg.Any<CancellationToken>())
            .Returns(CommandResult.Refuse(1, new Refusal(RefusalKind.Stale, "stale_version", "No.")));
        using var client = host.ConnectAs(OperatorRole.Admin);

        await (await client.PostAsync(Path(id, "discard"), Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "missing_field");
        await (await client.PostAsync(Path(id, "discard"), Answers.Json("""{"reason":"x"}"""))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "stale_version");

        host.Journal.Discarded.ShouldNotContain(Guid.Parse(id));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("discard")]
    public async Task Decision_OnAnotherProjectsOrNone_IsNotFound(string action)
    {
        var (there, _) = Hold("ewoooc");
        using var client = host.ConnectAs(OperatorRole.Admin);

        foreach (var id in (string[])[there, Guid.Empty.ToString(), "1"])
            await (await client.PostAsync(Path(id, action), Answers.Json("""{"reason":"x"}"""))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dead_letter_not_found");
    }

    private static string Path(string id, string action) => $"/v1/platform/delivery/dead-letters/{id}/{action}";

    private (string Id, IDeadLetterGrain File) Hold(string project)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        host.Journal.Held.Add(new DeadLetter(
            id, "incidents", DeadLetterKind.Fault, new Position(1, 1, 1), new AggregateId("incident", $"{project}/a"), "incident.opened", "fault", 1, now, 1));
        var file = host.Cluster.GetGrain<IDeadLetterGrain>($"{project}/{id}");
        file.RetryAsync(Arg.Any<RetryDeadLetter>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(1));
        file.DiscardAsync(Arg.Any<DiscardDeadLetter>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(1));
        return (id.ToString(), file);
    }
}
