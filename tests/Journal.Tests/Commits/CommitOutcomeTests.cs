using System.Text;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>Each outcome for its cause, and nothing written with any but 'committed'.</summary>
public sealed class CommitOutcomeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static int _made;

    private JournalHost _host = null!;

    private IJournal Journal => _host.Journal;

    public async Task InitializeAsync() => _host = await JournalHost.StartAsync(postgres.Endpoints);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Commit_ExpectedVersionBehind_ConflictsAndWritesNothing()
    {
        var id = await MakeAsync(version: 2);

        (await CommitAsync(Some.Commit(id, 1))).Status.ShouldBe(CommitStatus.VersionConflict);

        (await VersionAsync(id)).ShouldBe(2);
        (await Journal.ReadEventsAsync(id, 0, default).CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Commit_NewAggregateThatExists_Conflicts()
    {
        var id = await MakeAsync(version: 1);

        (await CommitAsync(Some.Commit(id, 0))).Status.ShouldBe(CommitStatus.VersionConflict);
    }

    [Fact]
    public async Task Commit_ExpectedVersionOfMissingAggregate_ConflictsAndInsertsNothing()
    {
        var id = New();

        (await CommitAsync(Some.Commit(id, 3))).Status.ShouldBe(CommitStatus.VersionConflict);

        (await Journal.ReadAsync(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OfRepeatedCommand_AnswersTheFirstOutcome()
    {
        var id = New();
        var command = Guid.CreateVersion7(Some.At);
        var first = await CommitAsync(Some.Commit(id, 0) with { CommandId = command, CommandOutcome = Some.Json("""{"answer":1}""") });

        // The retry was decided on the state after the first, and would answer something else.
        var repeated = await CommitAsync(Some.Commit(id, 1) with { CommandId = command, CommandOutcome = Some.Json("""{"answer":2}""") });

        repeated.Status.ShouldBe(CommitStatus.Repeated);
        repeated.Position.ShouldBe(first.Position);
        Encoding.UTF8.GetString(repeated.FirstOutcome.Span).ShouldBe("""{"answer":1}""");
        (await VersionAsync(id)).ShouldBe(1);
        Encoding.UTF8.GetString((await Journal.FindCommandAsync(id, command, default))!.Value.Span).ShouldBe("""{"answer":1}""");
    }

    [Fact]
    public async Task Commit_OfExpiredCommand_IsTakenAsNew()
    {
        var id = New();
        var command = Guid.CreateVersion7(Some.At);
        await CommitAsync(Some.Commit(id, 0) with { CommandId = command });
        await using (var expire = postgres.Superuser.CreateCommand("update journal.command set expires_at = clock_timestamp() - interval '1 s' where grain_key = $1"))
        {
            expire.Parameters.Add(new() { Value = id.Key });
            await expire.ExecuteNonQueryAsync();
        }

        (await Journal.FindCommandAsync(id, command, default)).ShouldBeNull();
        (await CommitAsync(Some.Commit(id, 1) with { CommandId = command })).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task FindCommand_AcceptedWithoutOutcome_IsEmptyAndNotNull()
    {
        var id = New();
        var command = Guid.CreateVersion7(Some.At);
        await CommitAsync(Some.Commit(id, 0) with { CommandId = command });

        (await Journal.FindCommandAsync(id, command, default)).ShouldNotBeNull().IsEmpty.ShouldBeTrue();
        (await Journal.FindCommandAsync(id, Guid.CreateVersion7(Some.At), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OfHeldClaim_TellsTheHolderAndWritesNothing()
    {
        var holder = New();
        var other = New();
        var claim = new ClaimChange("target", holder.Key);
        await CommitAsync(Some.Commit(holder, 0) with { Claims = [claim] });

        var outcome = await CommitAsync(Some.Commit(other, 0) with { Claims = [claim] });

        outcome.Status.ShouldBe(CommitStatus.ClaimTaken);
        outcome.Holder.ShouldBe(holder);
        outcome.Claim.ShouldBe(claim);
        (await Journal.ReadAsync(other, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OfOwnClaim_IsFineAndAReleasedOneIsFree()
    {
        var holder = New();
        var other = New();
        var claim = new ClaimChange("target", holder.Key);
        await CommitAsync(Some.Commit(holder, 0) with { Claims = [claim] });

        (await CommitAsync(Some.Commit(holder, 1) with { Claims = [claim] })).Status.ShouldBe(CommitStatus.Committed);
        (await CommitAsync(Some.Commit(holder, 2) with { Claims = [claim with { Release = true }] })).Status.ShouldBe(CommitStatus.Committed);
        (await CommitAsync(Some.Commit(other, 0) with { Claims = [claim] })).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task FindClaims_OfAKind_NamesWhatIsHeldInTheProjectAndNoMore()
    {
        var (first, second, stranger) = (Some.Id("held", "tenant-c"), Some.Id("released", "tenant-c"), Some.Id("held", "tenant-d"));
        await CommitAsync(Some.Commit(first, 0) with { Claims = [new ClaimChange("seat", "1"), new ClaimChange("other", "7")] });
        await CommitAsync(Some.Commit(second, 0) with { Claims = [new ClaimChange("seat", "2")] });
        await CommitAsync(Some.Commit(stranger, 0) with { Claims = [new ClaimChange("seat", "3")] });

        (await Journal.FindClaimsAsync("tenant-c", "seat", default)).ShouldBe(["1", "2"], ignoreOrder: true);
        await CommitAsync(Some.Commit(second, 1) with { Claims = [new ClaimChange("seat", "2", Release: true)] });

        (await Journal.FindClaimsAsync("tenant-c", "seat", default)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Commit_OfOneClaimByManyAtOnce_GoesToOne()
    {
        var key = New().Key;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            CommitAsync(Some.Commit(New(), 0) with { Claims = [new ClaimChange("single", key)] })));

        outcomes.Count(outcome => outcome.Status == CommitStatus.Committed).ShouldBe(1);
        outcomes.Count(outcome => outcome.Status == CommitStatus.ClaimTaken).ShouldBe(39);
    }

    [Fact]
    public async Task Commit_SameClaimKeyOfAnotherTenant_IsFree()
    {
        var claim = new ClaimChange("tenant", New().Key);

        (await CommitAsync(Some.Commit(Some.Id("one", "tenant-a"), 0) with { Claims = [claim] })).Status.ShouldBe(CommitStatus.Committed);
        (await CommitAsync(Some.Commit(Some.Id("one", "tenant-b"), 0) with { Claims = [claim] })).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task Commit_OfWakes_SetsMovesAndClears()
    {
        var id = New();
        var due = Some.At.AddMinutes(5);
        await CommitAsync(Some.Commit(id, 0) with { Wakes = [new WakeChange("a", due), new WakeChange("b", due, TimeSpan.FromHours(1))] });
        (await WakesAsync(id)).ShouldBe([("a", due, null), ("b", due, TimeSpan.FromHours(1))]);

        await CommitAsync(Some.Commit(id, 1) with { Wakes = [new WakeChange("a", null), new WakeChange("b", due), new WakeChange("b", due.AddHours(1))] });

        (await WakesAsync(id)).ShouldBe([("b", due.AddHours(1), null)]);
    }

    [Fact]
    public async Task Commit_OverALimit_IsRefusedWithItsCode()
    {
        var id = New();
        var fine = Some.Commit(id, 0);
        var big = Some.Json('"' + new string('x', JournalLimits.MaxStateBytes) + '"');
        (Commit Commit, string Code)[] refused =
        [
            (fine with { State = big }, "state_too_large"),
            (fine with { Events = [new NewEvent("changed", 1, big)] }, "event_too_large"),
            (fine with { Events = [] }, "no_events"),
            (Some.Commit(id, 0, events: JournalLimits.MaxEventsPerCommit + 1), "too_many_events"),
            (fine with { Depth = JournalLimits.MaxDepth + 1 }, "chain_too_deep"),
            (fine with { Id = new AggregateId("thing", "no-tenant") }, "invalid_key"),
            (fine with { Id = new AggregateId("thing", "/no-tenant") }, "invalid_key"),
            (fine with { Id = new AggregateId("thing", "a,b/comma") }, "invalid_key"),
            (fine with { Id = new AggregateId("thing", "alpha/nul\0") }, "invalid_key"),
            (fine with { Id = new AggregateId("thing", "alpha/half\ud800") }, "invalid_key"),
            (fine with { Actor = "who\0" }, "invalid_text"),
            (fine with { State = Some.Json("""{"label":"\u0000"}""") }, "nul_character"),
            (fine with { Events = [new NewEvent("changed", 1, Some.Json("\"\0\""))] }, "nul_character"),
            (fine with { CommandId = Guid.CreateVersion7(Some.At), CommandOutcome = Some.Json("""["\\\u0000"]""") }, "nul_character"),
            (fine with { State = Some.Json("{not json") }, "invalid_json"),
            (fine with { Events = [new NewEvent("changed", 1, default)] }, "invalid_json"),
        ];

        foreach (var (commit, code) in refused)
        {
            var outcome = await CommitAsync(commit);
            outcome.Status.ShouldBe(CommitStatus.Refused, code);
            outcome.Code.ShouldBe(code);
        }

        (await Journal.ReadAsync(id, default)).ShouldBeNull();
        (await CommitAsync(fine with { State = Some.Json("""{"label":"\\u0000"}""") })).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task Commit_InvalidJsonAmongMany_FailsAlone()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => New()).ToList();

        var outcomes = await Task.WhenAll(ids.Select((id, place) => CommitAsync(Some.Commit(id, 0, place % 33 == 7 ? "{broken" : "{}"))));

        for (var place = 0; place < ids.Count; place++)
            outcomes[place].Status.ShouldBe(place % 33 == 7 ? CommitStatus.Refused : CommitStatus.Committed);
    }

    [Fact]
    public async Task Commit_CancelledBeforehand_IsNotWritten()
    {
        var id = New();
        await Should.ThrowAsync<OperationCanceledException>(async () => await Journal.CommitAsync(Some.Commit(id, 0), new CancellationToken(canceled: true)));
        (await Journal.ReadAsync(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_TwoOfOneAggregateAtOnce_AreWrittenInOrder()
    {
        var id = New();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(version => CommitAsync(Some.Commit(id, version))));

        outcomes.ShouldAllBe(outcome => outcome.Status == CommitStatus.Committed);
        outcomes.Select(outcome => outcome.Position.Seq).ShouldBeInOrder();
    }

    private static AggregateId New() => Some.Id($"outcome-{Interlocked.Increment(ref _made)}");

    private async Task<CommitOutcome> CommitAsync(Commit commit) => await Journal.CommitAsync(commit, default);

    private async Task<long> VersionAsync(AggregateId id) => (await Journal.ReadAsync(id, default))!.Version;

    private async Task<AggregateId> MakeAsync(int version)
    {
        var id = New();
        (await CommitAsync(Some.Commit(id, 0, events: version))).Status.ShouldBe(CommitStatus.Committed);
        return id;
    }

    private async Task<List<(string, DateTimeOffset, TimeSpan?)>> WakesAsync(AggregateId id)
    {
        await using var command = postgres.Engine.CreateCommand("select name, due_at, period from journal.wake where grain_key = $1 order by name");
        command.Parameters.Add(new() { Value = id.Key });
        await using var reader = await command.ExecuteReaderAsync();
        var wakes = new List<(string, DateTimeOffset, TimeSpan?)>();
        while (await reader.ReadAsync())
            wakes.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetTimeSpan(2)));
        return wakes;
    }
}
