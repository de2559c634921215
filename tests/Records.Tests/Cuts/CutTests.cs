using AwoooP.Journal.Cuts;
using AwoooP.Records.Reading;

namespace AwoooP.Records.Tests.Cuts;

/// <summary>The record tables of a story over months, before and after the log was cut.</summary>
public sealed class CutTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();
    private CutStory _story = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _story = await CutStory.TellAsync(_database);
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Replay_PastACut_GivesEveryTableTheSameRows()
    {
        await _story.SignAsync();
        var before = await _story.RowsAsync();
        await _story.Replay().ReplayAsync([], CancellationToken.None).ToListAsync();
        (await _story.RowsAsync()).ShouldBe(before);

        foreach (var month in (int[])[4, 5])
        {
            var cut = await _story.CutAsync(month);

            cut.Events.ShouldBeInRange(30, CutStory.Events - 30);
            (await _story.CountAsync("select count(*) from journal.event where at < $1", cut.Before)).ShouldBe(0);
            (await _story.Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual && table.Rows > 0);
            var rebuilt = await _story.Replay().ReplayAsync([], CancellationToken.None).ToListAsync();
            rebuilt.ShouldAllBe(projection => projection.Held == 0);
            (await _story.RowsAsync()).ShouldBe(before);
        }
    }

    [Fact]
    public async Task Verify_OfTheAuditTrailPastACut_ComparesWithTheLogFromTheCutOn()
    {
        await _story.SignAsync();
        var (rows, _, _, _) = await VerifyAsync();
        var cut = await _story.CutAsync(4);

        var after = await VerifyAsync();

        after.Fault.ShouldBeNull();
        after.Rows.ShouldBe(rows);
        after.LogFrom.ShouldBe(cut.Before);
        after.Unlogged.ShouldBe(await _story.CountAsync("select count(*) from awooop_audit_event where project_id = $1 and at < $2", CutStory.Project, cut.Before));
        after.Unlogged.ShouldBeInRange(1, rows - 1);
    }

    [Fact]
    public async Task Verify_OfARowBeforeTheCutThatWasWrittenAnew_FindsItByItsHash()
    {
        await _story.SignAsync();
        await _story.CutAsync(4);
        await _story.ExecuteAsync("alter table awooop_audit_event disable trigger user");
        await _story.ExecuteAsync("update awooop_audit_event set actor = 'somebody' where project_id = $1 and chain_no = 3", CutStory.Project);

        (await VerifyAsync()).Fault.ShouldNotBeNull().Kind.ShouldBe(AuditFaultKind.Changed);
    }

    [Fact]
    public async Task Verify_OfARowBehindTheCutWhoseEventIsGone_IsBroken()
    {
        await _story.SignAsync();
        await _story.CutAsync(4);
        await using (var connection = await _database.Superuser.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("set session_replication_role = replica");
            (await connection.ExecuteAsync(
                """
                delete from journal.event where partition = 7 and seq = (
                    select max(a.seq) from awooop_audit_event a join journal.event e on e.partition = a.partition and e.seq = a.seq where a.project_id = $1)
                """,
                CutStory.Project)).ShouldBe(1);
            await connection.ExecuteAsync("reset session_replication_role");
        }

        (await VerifyAsync()).Fault.ShouldNotBeNull().Kind.ShouldBe(AuditFaultKind.NotAsLogged);
    }

    [Fact]
    public async Task Cut_WhoseChainsAreNotSigned_IsRefused()
    {
        (await RefusalAsync()).ShouldContain("audit chains of project again are not signed");

        await _story.SignAsync();
        (await _story.CutAsync(4)).Months.ShouldBe(1);
    }

    [Fact]
    public async Task Cut_WhileAHoldIsOpen_IsRefusedWhateverItsProject()
    {
        await _story.SignAsync();
        await _story.ExecuteAsync(
            "insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state) values ('third', 'legal_holds', 'third/legal_holds', 3, 1, 1, '{}')");
        await _story.ExecuteAsync(
            "insert into awooop_legal_hold (project_id, hold_id, scope, reason, placed_by, placed_at) values ('third', gen_random_uuid(), 'project', 'x', 'ann', now())");

        (await RefusalAsync()).ShouldContain("Project third has 1 open legal holds.");

        await _story.ExecuteAsync("update awooop_legal_hold set released_at = now(), released_by = 'ann' where project_id = 'third'");
        (await _story.CutAsync(4)).Months.ShouldBe(1);
    }

    [Fact]
    public async Task Cut_WhileAHoldIsNotProjectedYet_IsRefused()
    {
        await _story.SignAsync();
        await _story.ExecuteAsync("update journal.cursor set seq = 100 where consumer = 'records.legal_holds'");

        (await RefusalAsync()).ShouldContain("are not in their table yet");
    }

    private async Task<string> RefusalAsync() => (await Should.ThrowAsync<CutRefusedException>(() => _story.CutAsync(4))).Message;

    private async Task<(long Rows, AuditFault? Fault, DateTimeOffset? LogFrom, long Unlogged)> VerifyAsync()
    {
        var check = await new AuditVerifier(new TenantReader(_database.App), new TestSigner()).VerifyAsync(CutStory.Project, null, CancellationToken.None);
        return (check.Rows, check.Fault, check.LogFrom, check.Unlogged);
    }
}
