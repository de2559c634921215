using AwoooP.Brakes;
using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Records.Tests.Audit;

/// <summary>Whatever the owner of the database does to the audit trail shows, and where it begins is named.</summary>
public sealed class AuditVerifierTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Theory]
    [InlineData(1_000, 20)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public async Task Verify_OfAnUntouchedTrail_FindsItRight(int pageRows, int pages)
    {
        var project = await AuditedProject.TellAsync(database, $"whole{pageRows}");
        await AuditedProject.TellAsync(database, $"whole{pageRows}-other");

        var (fault, rows, heads, unknown) = await project.VerifyAsync(pageRows, pages);

        fault.ShouldBeNull();
        rows.ShouldBe(project.Acts.Count);
        heads.ShouldBe(1);
        unknown.ShouldBe(0);
    }

    [Theory]
    [InlineData("actor", "'somebody'")]
    [InlineData("reason", "'another'")]
    [InlineData("outcome", "'denied'")]
    [InlineData("at", "at + interval '1 microsecond'")]
    [InlineData("object_id", "object_id || 'x'")]
    [InlineData("command_id", "gen_random_uuid()")]
    [InlineData("data_sha256", "sha256('')")]
    [InlineData("hash", "sha256('')")]
    [InlineData("previous_hash", "sha256('')")]
    [InlineData("chain_no", "chain_no + 1")]
    public async Task Verify_WhenAColumnWasChanged_NamesTheRow(string column, string value)
    {
        var project = await AuditedProject.TellAsync(database, $"changed-{column}");
        var changed = project.Acts[5];

        await project.TamperAsync($"update public.awooop_audit_event set {column} = {value} where seq = $1", changed.Position.Seq);

        foreach (var pageRows in (int[])[2, 1_000])
            (await project.VerifyAsync(pageRows)).Fault.ShouldBe(AuditFaultKind.Changed, changed);
    }

    [Fact]
    public async Task Verify_WhenARowWasRemoved_NamesTheOneAfterIt()
    {
        var project = await AuditedProject.TellAsync(database, "removed");

        await project.TamperAsync("delete from public.awooop_audit_event where seq = $1", project.Acts[5].Position.Seq);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Unlinked, project.Acts[6]);
    }

    [Fact]
    public async Task Verify_WhenTheFirstRowsWereRemoved_NamesTheFirstThatIsLeft()
    {
        var project = await AuditedProject.TellAsync(database, "beheaded");

        await project.TamperAsync("delete from public.awooop_audit_event where seq < $1", project.Acts[3].Position.Seq);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Unlinked, project.Acts[3]);
    }

    [Fact]
    public async Task Verify_WhenTwoRowsWereSwapped_NamesTheFirstOfThem()
    {
        var project = await AuditedProject.TellAsync(database, "swapped");
        var (first, second) = (project.Acts[4].Position.Seq, project.Acts[8].Position.Seq);

        await project.TamperAsync("update public.awooop_audit_event set seq = -seq where seq in ($1, $2)", first, second);
        await project.TamperAsync("update public.awooop_audit_event set seq = $1 + $2 + seq where seq < 0", first, second);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Changed, project.Acts[4]);
    }

    [Fact]
    public async Task Verify_WhenTheTailWasCut_NamesTheFirstActOfTheLogThatIsMissing()
    {
        var project = await AuditedProject.TellAsync(database, "cut");
        var cut = project.Acts[^3];

        await project.TamperAsync("delete from public.awooop_audit_event where seq >= $1", cut.Position.Seq);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Missing, cut);
    }

    [Fact]
    public async Task Verify_WhenTheTailWasCutWithItsLog_NamesTheRowThatWasSigned()
    {
        var project = await AuditedProject.TellAsync(database, "cut-log");
        var cut = project.Acts[^3];

        await project.TamperAsync("delete from public.awooop_audit_event where seq >= $1", cut.Position.Seq);
        await project.CutLogAsync(cut.Position.Seq);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Missing, project.Acts[^1]);
    }

    /// <summary>The end of a chain is checked a moment after its rows were read.</summary>
    [Fact]
    public async Task Verify_WhenTheChainGoesOnMeanwhile_FindsNothingMissing()
    {
        var project = await AuditedProject.TellAsync(database, "writing");
        var log = new AuditedLog(new TenantReader(database.App));
        var readUpTo = project.Acts[^3].Position;

        (await log.MissingAfterAsync(new AuditChain("writing", readUpTo.Generation, readUpTo.Partition), readUpTo.Seq, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Verify_WhenAChainIsHeldBack_SaysWhereAndThatTheRestIsRight()
    {
        var project = await AuditedProject.TellAsync(database, "held", signed: false);
        var first = project.Acts[^2];
        await project.TamperAsync("delete from public.awooop_audit_event where seq >= $1", first.Position.Seq);
        await project.HoldAsync(first);
        await project.HoldAsync(project.Acts[^1]);

        foreach (var pageRows in (int[])[2, 1_000])
        {
            (await project.VerifyAsync(pageRows)).Fault.ShouldBeNull();

            project.Held.ShouldBe([new HeldAuditChain(first.Position.Partition, AuditedProject.At(first), 2)]);
        }
    }

    [Fact]
    public async Task Verify_WhenTheLastActsWereGivenUp_MissesOnlyTheOthers()
    {
        var project = await AuditedProject.TellAsync(database, "given-up", signed: false);
        await project.TamperAsync("delete from public.awooop_audit_event where seq >= $1", project.Acts[^2].Position.Seq);
        await project.GiveUpAsync(project.Acts[^2]);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Missing, project.Acts[^1]);

        await project.GiveUpAsync(project.Acts[^1]);
        (await project.VerifyAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_WhenTheOnlyActOfAPartitionWasGivenUp_MissesNoChain()
    {
        var project = await AuditedProject.TellAsync(database, "given-up-alone");
        var elsewhere = await project.TellElsewhereAsync(partition: 6);
        await project.TamperAsync("delete from public.awooop_audit_event where partition = $1", elsewhere.Position.Partition);
        await project.TamperAsync("delete from public.awooop_audit_head where partition = $1", elsewhere.Position.Partition);
        await project.GiveUpAsync(elsewhere);

        (await project.VerifyAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_WhenTheTailWasCutAndTheLastActHeldBack_NamesTheFirstActThatIsMissing()
    {
        var project = await AuditedProject.TellAsync(database, "cut-and-held");
        var cut = project.Acts[^3];

        await project.TamperAsync("delete from public.awooop_audit_event where seq >= $1", cut.Position.Seq);
        await project.HoldAsync(project.Acts[^1]);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Missing, cut);
    }

    [Theory]
    [InlineData("emptied", false)]
    [InlineData("emptied-unsigned", true)]
    public async Task Verify_WhenEveryRowWasRemoved_FindsTheActsOfTheLog(string projectId, bool withHeads)
    {
        var project = await AuditedProject.TellAsync(database, projectId);

        await project.TamperAsync("delete from public.awooop_audit_event");
        if (withHeads)
            await project.TamperAsync("delete from public.awooop_audit_head");

        var fault = (await project.VerifyAsync()).Fault.ShouldNotBeNull();
        fault.Kind.ShouldBe(AuditFaultKind.Missing);
        project.Acts.Select(AuditedProject.At).ShouldContain(fault.Position);
    }

    [Fact]
    public async Task Verify_WhenOneOfSeveralChainsWasRemovedWithItsHeads_FindsTheActOfTheLog()
    {
        var project = await AuditedProject.TellAsync(database, "one-of-two");
        var elsewhere = await project.TellElsewhereAsync(partition: 8);
        (await project.VerifyAsync()).Fault.ShouldBeNull();

        await project.TamperAsync("delete from public.awooop_audit_event where partition = $1", elsewhere.Position.Partition);
        await project.TamperAsync("delete from public.awooop_audit_head where partition = $1", elsewhere.Position.Partition);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.Missing, elsewhere);
    }

    [Fact]
    public async Task Verify_OfAPartitionThatTheProjectionHasNotPassed_MissesNothing()
    {
        var project = await AuditedProject.TellAsync(database, "not-yet");
        var log = new EventLog("not-yet").Append("brake", "elsewhere", "ann", new AutomationPaused(null, "freeze", "ann"));
        await LogRows.MoveAsync(database.Superuser, AuditProjection.ProjectionName, 1, partition: 9);
        await LogRows.AppendAsync(database.Superuser, [log.Events[0] with { Position = new Position(1, 9, 2) }]);

        (await project.VerifyAsync()).Fault.ShouldBeNull();

        await LogRows.MoveAsync(database.Superuser, AuditProjection.ProjectionName, 2, partition: 9);
        (await project.VerifyAsync()).Fault.ShouldNotBeNull().Kind.ShouldBe(AuditFaultKind.Missing);
    }

    [Fact]
    public async Task Verify_WhenTheTableWasTruncated_FindsIt()
    {
        await using var own = new RecordsDatabase();
        await own.InitializeAsync();
        var project = await AuditedProject.TellAsync(own, "truncated");
        await using (var owner = await own.Owner.EnterAsync("truncated"))
        {
            await owner.ExecuteAsync("alter table public.awooop_audit_event disable trigger user");
            await owner.ExecuteAsync("truncate public.awooop_audit_event");
            await owner.ExecuteAsync("commit");
        }

        (await project.VerifyAsync()).Fault.ShouldNotBeNull().Kind.ShouldBe(AuditFaultKind.Missing);
    }

    [Fact]
    public async Task Verify_WhenTheChainWasWrittenAnewFromAChangedLog_NamesTheRowThatWasSigned()
    {
        var project = await AuditedProject.TellAsync(database, "anew");
        List<RecordedEvent> forged = [.. project.Acts.Select((recorded, index) => index == 4 ? recorded with { Actor = "somebody" } : recorded)];

        await project.RewriteAsync(forged);
        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.NotAsLogged, project.Acts[4]);

        await using (var connection = await database.Superuser.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("set session_replication_role = replica");
            (await connection.ExecuteAsync("update journal.event set actor = 'somebody' where project_id = 'anew' and seq = $1", forged[4].Position.Seq)).ShouldBe(1);
            await connection.ExecuteAsync("reset session_replication_role");
        }

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.NotAsSigned, project.Acts[^1]);
    }

    [Fact]
    public async Task Verify_WhenARowWasForgedAtTheEnd_FindsThatTheLogHasNoSuchAct()
    {
        var project = await AuditedProject.TellAsync(database, "forged");
        var last = project.Acts[^1];
        var forged = last with { Position = last.Position with { Seq = last.Position.Seq + 10 }, Actor = "nobody" };

        await Projector.ApplyAsync(database.App, new AuditProjection(), [forged]);

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.NotAsLogged, forged);
    }

    [Fact]
    public async Task Verify_WhenAnEventWasChangedInTheLog_NamesItsRow()
    {
        var project = await AuditedProject.TellAsync(database, "log");
        await using (var connection = await database.Superuser.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("set session_replication_role = replica");
            (await connection.ExecuteAsync("update journal.event set data = '{}' where project_id = 'log' and seq = $1", project.Acts[2].Position.Seq)).ShouldBe(1);
            await connection.ExecuteAsync("reset session_replication_role");
        }

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.NotAsLogged, project.Acts[2]);
    }

    [Theory]
    [InlineData("signature", "sha256('')")]
    [InlineData("signed_at", "signed_at + interval '1 hour'")]
    [InlineData("chain_no", "chain_no + 1")]
    [InlineData("hash", "sha256('')")]
    public async Task Verify_WhenAHeadWasChanged_NamesIt(string column, string value)
    {
        var project = await AuditedProject.TellAsync(database, $"head-{column}");

        await project.TamperAsync($"update public.awooop_audit_head set {column} = {value}");

        (await project.VerifyAsync()).Fault.ShouldBe(AuditFaultKind.BadSignature, project.Acts[^1]);
    }

    [Fact]
    public async Task Verify_OfAHeadWithAKeyThatIsNotKnownHere_SaysHowManyThereAre()
    {
        var project = await AuditedProject.TellAsync(database, "unknown");

        await project.TamperAsync("update public.awooop_audit_head set key_id = 'elsewhere'");

        var (fault, _, heads, unknown) = await project.VerifyAsync();
        fault.ShouldBeNull();
        heads.ShouldBe(1);
        unknown.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_WhenSomebodyHasWrittenAhead_StopsTheChainInsteadOfJoiningIt()
    {
        var project = await AuditedProject.TellAsync(database, "ahead");
        var last = project.Acts[^1];
        await Projector.ApplyAsync(database.App, new AuditProjection(), [last with { Position = last.Position with { Seq = last.Position.Seq + 1 } }]);

        var fault = await Should.ThrowAsync<AwoooP.Journal.Delivery.DeterministicFaultException>(
            () => Projector.ApplyAsync(database.App, new AuditProjection(), [last with { Position = last.Position with { Seq = last.Position.Seq + 1 } }]));

        fault.Message.ShouldContain("not the platform's");
    }
}
