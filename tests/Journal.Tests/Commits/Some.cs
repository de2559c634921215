using System.Text;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>Commits as tests write them.</summary>
internal static class Some
{
    /// <summary>How many partitions have a log that is not numbered from 1 without a gap.</summary>
    public const string CountOfGaps =
        """
        select count(*) from (
            select partition from journal.event group by partition
            having max(seq) <> count(*) or count(distinct seq) <> count(*)) gaps
        """;

    public static readonly DateTimeOffset At = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    public static AggregateId Id(string local, string project = "alpha", string type = "thing") => new(type, $"{project}/{local}");

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public static Commit Commit(AggregateId id, long expected, string state = "{}", string type = "changed", int events = 1) => new()
    {
        Id = id,
        ExpectedVersion = expected,
        Events = [.. Enumerable.Range(1, events).Select(number => new NewEvent(type, 1, Json($$"""{"n":{{number}}}""")))],
        State = Json(state),
        StateVersion = 1,
        Actor = "platform",
        At = At,
    };
}
