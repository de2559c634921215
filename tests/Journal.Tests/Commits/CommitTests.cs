using System.Text;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Commits;

public sealed class CommitTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private JournalHost _host = null!;

    private IJournal Journal => _host.Journal;

    public async Task InitializeAsync() => _host = await JournalHost.StartAsync(postgres.Endpoints);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Commit_OfNewAggregate_CanBeReadBack()
    {
        var id = Some.Id("new");
        var commit = Some.Commit(id, 0, """{"name":"é"}""", events: 2) with
        {
            CommandId = Guid.Parse("0190a0b0-0000-7000-8000-000000000001"),
            CommandOutcome = Some.Json("""{"ok":true}"""),
            TraceId = new string('a', 32),
            Causation = new Position(1, 7, 42),
            Depth = 3,
        };

        var outcome = await Journal.CommitAsync(commit, default);

        outcome.Status.ShouldBe(CommitStatus.Committed);
        outcome.Position.ShouldBe(new Position(1, PartitionMap.Of(id), 2));
        var snapshot = (await Journal.ReadAsync(id, default)).ShouldNotBeNull();
        snapshot.Version.ShouldBe(2);
        Encoding.UTF8.GetString(snapshot.State.Span).ShouldBe("""{"name":"é"}""");
        var events = await Journal.ReadEventsAsync(id, 0, default).ToListAsync();
        events.Select(recorded => recorded.Position.Seq).ShouldBe([1, 2]);
        events[1].ShouldSatisfyAllConditions(
            recorded => recorded.Version.ShouldBe(2),
            recorded => recorded.At.ShouldBe(Some.At),
            recorded => recorded.CommandId.ShouldBe(commit.CommandId),
            recorded => recorded.Causation.ShouldBe(commit.Causation),
            recorded => recorded.TraceId.ShouldBe(commit.TraceId),
            recorded => recorded.Depth.ShouldBe(3),
            recorded => Encoding.UTF8.GetString(recorded.Data.Span).ShouldBe("""{"n":2}"""));
    }

    [Fact]
    public async Task Read_OfUnknownAggregate_IsNull() => (await Journal.ReadAsync(Some.Id("nobody"), default)).ShouldBeNull();
}
