using AwoooP.Journal.Commits;
using AwoooP.Journal.Membership;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>What shares a transaction, and what becomes of the others when one of a batch is at fault.</summary>
public sealed class BatchTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Batch_WithContentThatTheServerRefuses_FailsTheOffenderOnly()
    {
        await ExecuteAsync("alter table journal.event drop constraint if exists no_poison; alter table journal.event add constraint no_poison check (type <> 'poison')");
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        var ids = Enumerable.Range(0, 200).Select(number => Some.Id($"poison-{number}")).ToList();

        var outcomes = await Task.WhenAll(ids.Select(async (id, place) =>
            await host.Journal.CommitAsync(Some.Commit(id, 0, type: place is 13 or 150 ? "poison" : "fine"), default)));

        for (var place = 0; place < ids.Count; place++)
        {
            outcomes[place].Status.ShouldBe(place is 13 or 150 ? CommitStatus.Refused : CommitStatus.Committed);
            (await host.Journal.ReadAsync(ids[place], default) is null).ShouldBe(place is 13 or 150);
        }

        (await CountAsync(Some.CountOfGaps)).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_WithConflictsOfEveryKind_FailsTheOffendersOnly()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        var command = Guid.CreateVersion7(Some.At);
        var holder = Some.Id("mixed-holder");
        var claim = new ClaimChange("mixed", "name");
        await host.Journal.CommitAsync(Some.Commit(holder, 0) with { CommandId = command, Claims = [claim] }, default);

        var commits = Enumerable.Range(0, 120).Select(number => Some.Commit(Some.Id($"mixed-{number}"), 0)).ToList();
        commits[10] = commits[10] with { ExpectedVersion = 5 };
        commits[50] = commits[50] with { Claims = [claim] };
        commits[90] = Some.Commit(holder, 1) with { CommandId = command };
        var outcomes = await Task.WhenAll(commits.Select(async commit => await host.Journal.CommitAsync(commit, default)));

        for (var place = 0; place < commits.Count; place++)
        {
            outcomes[place].Status.ShouldBe(place switch
            {
                10 => CommitStatus.VersionConflict,
                50 => CommitStatus.ClaimTaken,
                90 => CommitStatus.Repeated,
                _ => CommitStatus.Committed,
            });
        }
    }

    [Fact]
    public async Task Queue_Full_AnswersOverloadedAndRecovers()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => (options.MaxQueuedCommits, options.MaxBatchCommits) = (10, 5));

        // A lock on the table keeps the lane's transaction open until every commit has been sent.
        await using var connection = await postgres.Superuser.OpenConnectionAsync();
        await using var block = await connection.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("lock table journal.grain in exclusive mode", connection))
            await command.ExecuteNonQueryAsync();
        var sent = Enumerable.Range(0, 40).Select(number => host.Journal.CommitAsync(Some.Commit(Some.Id($"full-{number}"), 0), default).AsTask()).ToList();
        var refused = sent.Where(task => task.IsCompletedSuccessfully && task.Result.Status == CommitStatus.Overloaded).ToList();
        await block.RollbackAsync();
        var outcomes = await Task.WhenAll(sent);

        refused.Count.ShouldBeInRange(20, 30);
        outcomes.Count(outcome => outcome.Status == CommitStatus.Committed).ShouldBe(40 - refused.Count);
    }

    [Fact]
    public async Task Stop_WithCommitsWaiting_SettlesEveryOne()
    {
        var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.MaxBatchCommits = 3);
        var sent = Enumerable.Range(0, 100).Select(number => host.Journal.CommitAsync(Some.Commit(Some.Id($"stop-{number}"), 0), default).AsTask()).ToList();

        await host.DisposeAsync();

        foreach (var task in sent)
            (await task.WaitAsync(TimeSpan.FromSeconds(60))).Status.ShouldBeOneOf(CommitStatus.Committed, CommitStatus.Fenced);
    }

    [Fact]
    public void Rules_SecondCommitOfAnAggregate_WaitsAndSoDoesItsThird()
    {
        var rules = new BatchRules(100, 1_000_000);
        var first = Pending(Some.Commit(Some.Id("a"), 0));

        rules.MayJoin(first).ShouldBeTrue();
        rules.Join(first);

        rules.MayJoin(Pending(Some.Commit(Some.Id("a"), 1))).ShouldBeFalse();
        rules.MayJoin(Pending(Some.Commit(Some.Id("b"), 0))).ShouldBeTrue();
    }

    [Fact]
    public void Rules_CommitThatWaits_HoldsBackWhatComesAfterOfItsAggregate()
    {
        var rules = new BatchRules(100, 1_000_000);
        var claim = new ClaimChange("kind", "key");
        rules.Join(Pending(Some.Commit(Some.Id("a"), 0) with { Claims = [claim] }));

        rules.MayJoin(Pending(Some.Commit(Some.Id("b"), 0) with { Claims = [claim] })).ShouldBeFalse();
        rules.MayJoin(Pending(Some.Commit(Some.Id("b"), 1))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""", true)]
    [InlineData("""{"a":"\\u0000"}""", false)]
    [InlineData("""{"a":"\\\u0000"}""", true)]
    [InlineData("""{"a":"\\u0000\u0000"}""", true)]
    [InlineData("""{"a":"u0000"}""", false)]
    [InlineData("", false)]
    public void NulCharacter_InJson_IsFoundWhereItIsOne(string json, bool found) =>
        NulCharacter.IsIn(System.Text.Encoding.UTF8.GetBytes(json)).ShouldBe(found);

    private static PendingCommit Pending(Commit commit) =>
        new(commit, PartitionMap.Of(commit.Id), new PartitionTenure(PartitionMap.Of(commit.Id), new Incarnation(1, 1)), 100, 0);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = postgres.Engine.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
