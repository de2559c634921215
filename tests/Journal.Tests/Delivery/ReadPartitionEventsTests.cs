using AwoooP.Journal.Delivery.Sql;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ReadPartitionEventsTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Read_LargeEvents_AnswersTheLogInSeveralPages()
    {
        const int events = 40;
        var writer = new EventWriter(database.Superuser);
        var random = new Random(1);
        var noise = new byte[128 * 1024];
        for (var i = 0; i < events; i++)
        {
            random.NextBytes(noise);
            await writer.WriteAsync(5, new AggregateId("thing", "p1/a"), data: $"\"{Convert.ToBase64String(noise)}\"");
        }

        var reader = new ReadPartitionEvents(database.Engine);
        var sizes = new List<int>();
        var after = 0L;
        for (var isEnd = false; !isEnd;)
        {
            var page = await reader.ReadAsync(5, after, 1_000, CancellationToken.None);
            page.Events.Select(recorded => recorded.Position.Seq).ShouldBe(Enumerable.Range(1, page.Events.Count).Select(place => after + place));
            sizes.Add(page.Events.Count);
            after = page.End;
            isEnd = page.IsEnd;
        }

        after.ShouldBe(events);
        sizes.Count.ShouldBe(2);
    }
}
