using AwoooP.Journal;
using AwoooP.Retention;
using Npgsql;

namespace AwoooP.Records.Tests.Retention;

/// <summary>What the one function that removes rows takes, and what it leaves.</summary>
public sealed class RowRemovalTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Terms_OfEveryTable_AreSaneAndNameColumnsThatThereAre()
    {
        var terms = await new RowRemoval(database.App).FindTermsAsync(CancellationToken.None);

        terms.Select(static term => term.Table).ShouldBe(
            ["alert_member", "alert_operation_log", "audit_logs", "auto_repair_executions", "notification_outcomes", "run_state", "timeline_events"]);
        foreach (var term in terms)
        {
            var project = new AgedProject(database, "terms");
            term.DefaultDays.ShouldBeInRange(term.LeastDays, term.MostDays);
            (await project.RemoveAsync(term.Table, term.LeastDays)).ShouldBe(new RemovedBatch(0, false, true));
        }
    }

    [Fact]
    public async Task Remove_OfEndedRunsPastTheCut_TakesTheirChildrenAndLeavesTheRest()
    {
        var project = new AgedProject(database, "runs");
        await project.AddRunsAsync("completed", daysOld: 200, count: 3);
        await project.AddRunsAsync("failed", daysOld: 91);
        await project.AddRunsAsync("completed", daysOld: 89);
        await project.AddRunsAsync("waiting_approval", daysOld: 900);
        await project.AddChildrenAsync();
        var neighbour = new AgedProject(database, "runs-neighbour");
        await neighbour.AddRunsAsync("completed", daysOld: 200);

        (await project.RemoveAsync("run_state", 90)).ShouldBe(new RemovedBatch(4, false, true));

        (await project.CountAsync("run_state")).ShouldBe(2);
        (await project.CountAsync("step_journal")).ShouldBe(4);
        (await project.CountAsync("remediation_events")).ShouldBe(2);
        (await neighbour.CountAsync("run_state")).ShouldBe(1);
        (await project.RemoveAsync("run_state", 90)).ShouldBe(new RemovedBatch(4, false, true));
    }

    [Fact]
    public async Task Remove_OfInsertOnlyHistory_TakesWhatIsPastItsTermAndIsOfNoOpenIncident()
    {
        var project = new AgedProject(database, "history");
        await project.AddIncidentAsync("INC-closed", "closed");
        await project.AddIncidentAsync("INC-open", "mitigating");
        await project.AddLinesAsync(400, 3, "INC-closed");
        await project.AddLinesAsync(400, 2, "INC-open");
        await project.AddLinesAsync(300, 2, "INC-closed");

        (await project.RemoveAsync("timeline_events", 365)).Total.ShouldBe(3);

        (await project.CountAsync("timeline_events")).ShouldBe(4);
    }

    [Fact]
    public async Task Remove_OfMoreThanABatch_SaysThatThereIsMore()
    {
        var project = new AgedProject(database, "many");
        await project.AddLinesAsync(400, 750);

        (await project.RemoveAsync("timeline_events", 365)).ShouldBe(new RemovedBatch(500, false, false));
        (await project.RemoveAsync("timeline_events", 365)).ShouldBe(new RemovedBatch(750, false, true));
    }

    [Fact]
    public async Task Remove_WhileTheProjectIsHeld_TakesNothingUntilItIsReleased()
    {
        var project = new AgedProject(database, "held");
        await project.AddRunsAsync("completed", daysOld: 200);
        await project.HoldAsync();

        (await project.RemoveAsync("run_state", 90)).ShouldBe(new RemovedBatch(0, true, true));
        (await project.CountAsync("run_state")).ShouldBe(1);

        await project.ReleaseAsync();
        (await project.RemoveAsync("run_state", 90)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Remove_WhileAnIncidentIsHeld_LeavesItsRowsAndTablesThatCannotTell()
    {
        var project = new AgedProject(database, "held-incident");
        await project.AddRunsAsync("completed", 200, 2, "INC-held");
        await project.AddRunsAsync("completed", 200, 3, "INC-free");
        await project.AddChildrenAsync();
        await project.ExecuteAsync(
            """
            insert into alert_member (project_id, fingerprint, member_id, alertname, namespace, target, severity, alert_category, notification_type, labels, starts_at, ends_at, ended_at, received_at, source)
            values ($1, 'f', 'm', 'x', 'x', 'x', 'P2', 'x', 'x', '{}', now(), now(), now() - interval '50 days', now(), 'x')
            """,
            project.ProjectId);
        await project.HoldAsync("INC-held");

        (await project.RemoveAsync("run_state", 90)).Total.ShouldBe(3);
        (await project.RemoveAsync("alert_member", 35)).ShouldBe(new RemovedBatch(0, true, true));

        (await project.CountAsync("run_state")).ShouldBe(2);
        (await project.CountAsync("step_journal")).ShouldBe(4);
        await project.ReleaseAsync();
        (await project.RemoveAsync("alert_member", 35)).Total.ShouldBe(1);
    }

    /// <summary>A hold that is being written is waited for: once it is there, nothing that it keeps goes.</summary>
    [Fact]
    public async Task Remove_WhileAHoldIsBeingWritten_WaitsForIt()
    {
        var project = new AgedProject(database, "racing");
        await project.AddRunsAsync("completed", daysOld: 200);
        await using var holder = await database.App.EnterAsync("racing");
        await holder.ExecuteAsync("insert into awooop_legal_hold (project_id, hold_id, scope, reason, placed_by, placed_at) values ('racing', gen_random_uuid(), 'project', 'x', 'ann', now())");

        var removing = project.RemoveAsync("run_state", 90);
        await Testing.Eventually.BecomesTrueAsync(
            async () => (await database.Superuser.QueryAsync(
                "select 1 from pg_locks where not granted and relation = 'public.awooop_legal_hold'::regclass and database = (select oid from pg_database where datname = current_database())",
                reader => reader.GetInt32(0))).Count == 1,
            "the removal waits for the hold");
        await holder.ExecuteAsync("commit");

        (await removing).ShouldBe(new RemovedBatch(0, true, true));
        (await project.CountAsync("run_state")).ShouldBe(1);
    }

    [Fact]
    public async Task Remove_ThatTakesTooLong_SaysSoAndRemovesNothing()
    {
        var project = new AgedProject(database, "slow");
        await project.AddRunsAsync("completed", daysOld: 200);
        await using var holder = await database.App.EnterAsync("slow");
        await holder.ExecuteAsync("insert into awooop_legal_hold (project_id, hold_id, scope, reason, placed_by, placed_at) values ('slow', gen_random_uuid(), 'project', 'x', 'ann', now())");
        // The statement's own limit is seconds; that of the session ends it in the same way.
        await using var impatient = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Endpoints.App) { Options = "-c statement_timeout=200ms" });

        var fault = await Should.ThrowAsync<JournalUnavailableException>(
            () => new RowRemoval(impatient).RemoveAsync("slow", "run_state", AgedProject.DaysAgo(90), CancellationToken.None));

        fault.Message.ShouldBe("The rows of run_state that are past their term could not be removed: a batch took too long.");
        (await project.CountAsync("run_state")).ShouldBe(1);
    }

    [Theory]
    [InlineData("timeline_events", 364, PostgresErrorCodes.InvalidParameterValue)]
    [InlineData("run_state", 1, PostgresErrorCodes.InvalidParameterValue)]
    [InlineData("incidents", 10_000, PostgresErrorCodes.InvalidParameterValue)]
    [InlineData("awooop_audit_event", 10_000, PostgresErrorCodes.InvalidParameterValue)]
    public async Task Remove_InsideTheLeastTermOrOfATableWithout_IsRefused(string table, int daysAgo, string code) =>
        (await Should.ThrowAsync<PostgresException>(() => new AgedProject(database, "early").RemoveAsync(table, daysAgo))).SqlState.ShouldBe(code);

    [Fact]
    public async Task Remove_OfAnotherTenant_IsRefused()
    {
        await using var stranger = await database.App.EnterAsync("stranger");

        (await stranger.RefusalOfAsync("select retention.remove_rows('theirs', 'public.run_state', now() - interval '1000 days', 10)"))
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("timeline_events")]
    [InlineData("alert_operation_log")]
    [InlineData("audit_logs")]
    [InlineData("auto_repair_executions")]
    public async Task InsertOnlyRow_InsideItsTerm_IsRefusedEvenToWhoeverForgesTheWayOfTheFunction(string table)
    {
        var project = $"forged-{table}".Replace('_', '-');
        await Projector.ApplyAsync(database.App, Story.Tell(project).Events);
        await using (var aged = await database.Superuser.OpenConnectionAsync())
        {
            await aged.ExecuteAsync("set session_replication_role = replica");
            await aged.ExecuteAsync($"update {table} set created_at = now() where project_id = $1", project);
            await aged.ExecuteAsync("reset session_replication_role");
        }

        await using var owner = await database.Owner.EnterAsync(project);
        await owner.ExecuteAsync($"select set_config('awooop.retention', 'public.{table}', true)");

        (await owner.RefusalOfAsync($"delete from public.{table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await owner.RefusalOfAsync($"update public.{table} set project_id = project_id")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("reader", "select retention.remove_rows('p', 'public.run_state', now(), 1)")]
    [InlineData("engine", "select retention.remove_rows('p', 'public.run_state', now(), 1)")]
    [InlineData("app", "select retention.leave_out('public', now())")]
    [InlineData("app", "update retention.term set least_days = 1")]
    [InlineData("app", "insert into retention.cut (project_id, table_name, cut_at, rows) values ('p', 'public.run_state', now(), 1)")]
    public async Task Retention_AsARoleThatHasNoPartInIt_IsDenied(string role, string sql)
    {
        var source = role switch
        {
            "reader" => database.Reader,
            "engine" => database.Engine,
            _ => database.App,
        };
        await using var connection = await source.EnterAsync("p");

        (await connection.RefusalOfAsync(sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
