using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Client.Cli;
using AwoooP.Commands;
using AwoooP.Deliveries;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Cli;

/// <summary>Commands as they are typed, against the real front.</summary>
[Collection(StandardOutput.Name)]
public sealed class DeliveryCommandTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Delivery_WithConsumers_IsATableOfTheirLag()
    {
        var (code, output, _) = await RunAsync("delivery");

        code.ShouldBe(ExitCodes.Done);
        var lines = output.Split('\n');
        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["NAME", "KIND", "LAG", "DELIVERED", "RETRIES", "FAILURES", "STUCK", "FAULT"]);
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["incidents", "projection", "3", "10", "0", "0", "no"]);
    }

    [Fact]
    public async Task Cluster_WithSilos_IsATableOfThem()
    {
        var (code, output, told) = await RunAsync("cluster");

        code.ShouldBe(ExitCodes.Done);
        var lines = output.Split('\n');
        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["SILO", "STATE", "ADDRESS", "VERSION", "PARTITIONS", "INCARNATION", "LEASE_LEFT", "GRAINS", "BUSIEST_GRAIN", "BUSIEST_PARTITION", "REPORTED_AT"]);
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["silo-1", "alive", "127.0.0.1:41234", "1.0.0+01234567", "128", "3", "3.1", "s", "150", "alert/awoooi/a", "812.5/s", "17", "120/s", "2026-01-02T11:04:05.000+08:00"]);
        lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["silo-2", "dead", "1.0.0", "128", "1"]);
        output.ShouldContain("silo-1 owns 0-126, 255\nsilo-2 owns 127-254\n");
        told.ShouldContain("128 of 256 partitions have no living owner.");
        told.ShouldContain("1 of 1 consumers are behind in 1 of 256 partitions, by 3 events at most: ./awooop delivery");
        (await RunAsync("cluster", "-o", "json")).Output.ShouldContain("\"unowned_partitions\": 128");
    }

    [Fact]
    public async Task Cluster_ForAViewer_IsShownWithoutTheDeliveryAndRefusesNothing()
    {
        var audit = new RecordingAuditGrain();
        host.Cluster.Put<IAuditGrain>("awoooi/audit", audit);

        var (code, output, told) = await RunAsync(OperatorRole.Viewer, "cluster");

        code.ShouldBe(ExitCodes.Done);
        output.ShouldContain("silo-1 owns 0-126, 255");
        told.ShouldContain("are shown to operators of the project");
        told.ShouldNotContain("./awooop");
        audit.Denied.ShouldBeEmpty();
    }

    [Fact]
    public async Task DeadLetters_Held_AreListedShownRetriedAndDiscarded()
    {
        var now = TimeProvider.System.GetUtcNow();
        var letter = Guid.CreateVersion7(now);
        host.Journal.Held.Add(new DeadLetter(
            letter, "incidents", DeadLetterKind.Fault, new Position(1, 1, 1), new AggregateId("incident", "awoooi/a"), "incident.opened", "no such column", 1, now, 1));
        host.Cluster.GetGrain<IDeadLetterGrain>($"awoooi/{letter}").RetryAsync(Arg.Any<RetryDeadLetter>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(1));

        (await RunAsync("cluster")).Errors.ShouldContain("1 dead letters: ./awooop deadletters");
        (await RunAsync("deadletters")).Output.ShouldContain(letter.ToString());
        (await RunAsync("deadletters", "show", letter.ToString())).Output.ShouldContain("no such column");
        (await RunAsync("deadletters", "show", letter.ToString(), "--json")).Output.ShouldContain("\"reason\": \"no such column\"");
        (await RunAsync("deadletters", "retry", letter.ToString())).Output.ShouldContain("delivered");
        host.Cluster.GetGrain<IDeadLetterGrain>($"awoooi/{letter}").DiscardAsync(Arg.Is<DiscardDeadLetter>(static command => command.Reason == "it never fits"), Arg.Any<CancellationToken>())
            .Returns(new CommandResult(2));
        (await RunAsync("deadletters", "discard", letter.ToString(), "--reason", "it never fits")).Output.ShouldContain("delivered");
        host.Journal.Discarded.ShouldContain(letter);
        (await RunAsync("deadletters", "discard", letter.ToString())).Code.ShouldBe(ExitCodes.Invalid);
        (await RunAsync("deadletters", "show", Guid.Empty.ToString())).Code.ShouldBe(ExitCodes.NotFound);
        (await RunAsync("deadletters", "retry", Guid.Empty.ToString())).Code.ShouldBe(ExitCodes.NotFound);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(OperatorRole.Admin, arguments);

    private Task<(int Code, string Output, string Errors)> RunAsync(OperatorRole role, params string[] arguments) =>
        host.RunAsync(host.Cluster.Issue($"{role}-user".ToLowerInvariant(), role, "awoooi"), arguments);
}
