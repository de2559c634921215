using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class LoadReportTests
{
    private static readonly LoadReport Report = new(clients: 2, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(10));

    private static readonly Acknowledgement[] Acknowledged =
    [
        new(new Write("a", 1), 1, TimeSpan.FromSeconds(4)), new(new Write("b", 1), 2, TimeSpan.FromSeconds(2)), new(new Write("a", 2), 1, TimeSpan.FromSeconds(9)),
    ];

    [Fact]
    public void Lines_WholeLedger_TellTheSilenceOfAllAndOfEachClient() =>
        Report.Lines(Acknowledged, new Verdict(3, [], [], [], Unknown: 1)).ShouldBe(
        [
            "acknowledged 3, lost 0, doubled 0, out of order 0, unknown 1",
            "The longest time without an acknowledgement:   5.00 s, from second 4.0 on (12:00:04)",
            "  to client   1:   5.00 s, from second 4.0 on (12:00:04)",
            "  to client   2:   8.00 s, from second 2.0 on (12:00:02)",
            "The ledger is whole.",
        ]);

    [Fact]
    public void Lines_LedgerWithFaults_NameThem()
    {
        Write[] lost = [.. Enumerable.Range(1, 11).Select(static number => new Write("c", number))];

        string[] lines = [.. Report.Lines(Acknowledged, new Verdict(14, lost, [new("a", 1)], [new("b", 1)], Unknown: 0))];

        lines[0].ShouldBe("acknowledged 14, lost 11, doubled 1, out of order 1, unknown 0");
        lines[1].ShouldStartWith("  lost: bench-load c 1, bench-load c 2, ");
        lines[1].ShouldEndWith("bench-load c 10, ...");
        lines[2].ShouldBe("  doubled: bench-load a 1");
        lines[3].ShouldBe("  out of order: bench-load b 1");
        lines[^1].ShouldBe("THE LEDGER IS NOT WHOLE.");
    }

    [Fact]
    public void Lines_NothingAcknowledged_SayThatNothingIsProven() =>
        Report.Lines([], new Verdict(0, [], [], [], Unknown: 0)).Last().ShouldBe("Nothing was acknowledged, so nothing is proven.");
}
