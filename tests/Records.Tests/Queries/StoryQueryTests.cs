using System.Text.Json;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Incidents;
using AwoooP.Journal.Delivery;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Records.Reading;
using AwoooP.Runs;
using AwoooP.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>What the API reads of one story.</summary>
public sealed class StoryQueryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private static readonly PageRequest FirstPage = new();
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        if ((await Get<IncidentQueries>().ListAsync("tale", new(), FirstPage, CancellationToken.None)).Items.Count == 0)
        {
            await Projector.ApplyAsync(database.App, Story.Tell("tale").Events);
            await Projector.ApplyAsync(database.App, Endings.Tell("ends").Events);
        }
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public void AddRecords_Registered_OffersEveryProjection() =>
        _services.GetServices<IProjection>().ShouldBe(RecordProjections.All);

    [Fact]
    public async Task Incident_AfterTheStory_IsClosedWithItsOutcome()
    {
        var incident = (await Get<IncidentQueries>().FindAsync("tale", Story.Incident, CancellationToken.None)).ShouldNotBeNull();

        incident.Status.ShouldBe(IncidentStatus.Closed);
        incident.Severity.ShouldBe(Severity.P1);
        incident.Alertname.ShouldBe("CheckoutDown");
        incident.ResolvedAt.ShouldNotBeNull();
        incident.ClosedAt.ShouldNotBeNull();
        incident.Outcome!.Value.GetProperty("kind").GetString().ShouldBe("repair_verified");
        incident.Outcome!.Value.GetProperty("closed_by").GetString().ShouldBe("ops");
        incident.ProposalIds!.Value.EnumerateArray().Select(id => id.GetGuid()).ShouldBe([Story.FirstApproval, Story.SecondApproval]);
        incident.Signals!.Value.GetArrayLength().ShouldBe(2);
        incident.DecisionChain!.Value.EnumerateArray().Select(decision => decision.GetProperty("kind").GetString()).ShouldBe(
            ["plan_proposed", "acknowledged", "mitigation_started", "repair_failed", "plan_declined", "plan_proposed", "mitigation_started", "alert_cleared"]);
    }

    [Theory]
    [InlineData("tale", "closed", null, null, 1)]
    [InlineData("tale", "resolved", null, null, 0)]
    [InlineData("tale", null, "P1", "application", 1)]
    [InlineData("tale", null, "P2", null, 0)]
    [InlineData("tale", null, null, "general", 0)]
    [InlineData("ends", "resolved", null, null, 1)]
    [InlineData("nobody", null, null, null, 0)]
    public async Task Incidents_Filtered_AreThoseThatFit(string projectId, string? status, string? severity, string? category, int count)
    {
        var filter = new IncidentFilter(
            status is null ? null : Enum.Parse<IncidentStatus>(status, ignoreCase: true), severity is null ? null : Enum.Parse<Severity>(severity), category);

        (await Get<IncidentQueries>().ListAsync(projectId, filter, FirstPage, CancellationToken.None)).Items.Count.ShouldBe(count);
    }

    [Fact]
    public async Task Incident_OfAnotherTenant_IsNotFound() =>
        (await Get<IncidentQueries>().FindAsync("nobody", Story.Incident, CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task Query_ForTwoTenantsInOneName_IsRefused() => await Should.ThrowAsync<ArgumentException>(
        () => Get<IncidentQueries>().ListAsync("tale,ends", new(), FirstPage, CancellationToken.None));

    [Fact]
    public async Task Approvals_AfterTheStory_TellVotesAndOutcome()
    {
        var approvals = (await Get<ApprovalQueries>().ListAsync("tale", new(IncidentId: Story.Incident), FirstPage, CancellationToken.None)).Items;
        var first = (await Get<ApprovalQueries>().FindAsync("tale", Story.FirstApproval, CancellationToken.None)).ShouldNotBeNull();

        approvals.Select(approval => approval.Status).ShouldBe([ApprovalStatus.Executed, ApprovalStatus.Failed]);
        first.RiskLevel.ShouldBe(RiskLevel.Low);
        first.CurrentSignatures.ShouldBe(1);
        first.ApprovalVotes!.Value[0].GetProperty("user_id").GetString().ShouldBe("lead");
        first.ExtraMetadata!.Value.GetProperty("error_code").GetString().ShouldBe(RunErrors.VerificationFailed);
        first.ExtraMetadata!.Value.TryGetProperty("escalated_at", out _).ShouldBeTrue();
        first.ResolvedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(ApprovalStatus.Rejected)]
    [InlineData(ApprovalStatus.Expired)]
    [InlineData(ApprovalStatus.Cancelled)]
    [InlineData(ApprovalStatus.Superseded)]
    public async Task Approvals_ThatEndedWithoutExecution_AreFoundByStatus(ApprovalStatus status)
    {
        var approval = (await Get<ApprovalQueries>().ListAsync("ends", new(status), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        approval.ResolvedAt.ShouldNotBeNull();
        approval.RejectionReason.ShouldBe(status == ApprovalStatus.Rejected ? "not now" : null);
    }

    [Fact]
    public async Task Playbook_AfterTheStory_HoldsWhatWasLearned()
    {
        var playbook = (await Get<PlaybookQueries>().ListAsync("tale", new(PlaybookStatus.Active), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        playbook.Version.ShouldBe(2);
        playbook.VersionLabel.ShouldBe("v2");
        playbook.TrustScore.ShouldBe(0.316);
        playbook.SuccessCount.ShouldBe(1);
        playbook.FailureCount.ShouldBe(1);
        playbook.ApprovedBy.ShouldBe("lead");
        playbook.RepairSteps!.Value[0].GetProperty("kind").GetString().ShouldBe("command");
    }

    [Fact]
    public async Task Run_AfterTheStory_TellsItsSteps()
    {
        var run = (await Get<RunQueries>().FindAsync("tale", Story.FirstRun, CancellationToken.None)).ShouldNotBeNull();

        run.State.ShouldBe(RunState.Failed);
        run.Attempt.ShouldBe(2);
        run.ErrorCode.ShouldBe(RunErrors.VerificationFailed);
        run.LeaseOwner.ShouldBeNull();
        run.Outcome!.Value.GetProperty("rolled_back").GetBoolean().ShouldBeTrue();
        run.Steps!.Select(step => (step.StepNo, step.Attempt, step.Phase, step.Status)).ShouldBe(
        [
            (1, 1, StepPhase.Forward, StepStatus.Succeeded),
            (2, 1, StepPhase.Forward, StepStatus.Succeeded),
            (3, 2, StepPhase.Forward, StepStatus.Failed),
            (1, 2, StepPhase.Rollback, StepStatus.TimedOut),
        ]);
    }

    [Fact]
    public async Task Runs_Filtered_AreThoseThatFit()
    {
        var queries = Get<RunQueries>();

        var completed = (await queries.ListAsync("tale", new(RunState.Completed, "planner", "repair", Story.Incident), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();
        completed.RunId.ShouldBe(Story.SecondRun);
        completed.PlaybookName.ShouldBe("Restart the checkout");
        completed.Target.ShouldBe("shop/checkout");
        (await queries.ListAsync("tale", new(AgentId: "other"), FirstPage, CancellationToken.None)).Items.ShouldBeEmpty();
        (await queries.ListAsync("ends", new(RunState.TimedOut), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem().ErrorCode.ShouldBe(RunErrors.ApprovalExpired);
    }

    [Fact]
    public async Task Audit_AfterTheStory_NamesEachOperationOnce()
    {
        var audit = (await Get<AuditQueries>().ListAsync("tale", new(Story.FirstApproval.ToString()), FirstPage, CancellationToken.None)).Items;

        audit.Select(row => (row.OperationType, row.Success, row.RetryCount, row.FailureClassification)).ShouldBe(
            [("ROLLBACK_RESTART", false, 1, "TIMEOUT"), ("RESTART", true, 0, null)]);
        audit.ShouldAllBe(row => row.AuthorizationChannel == "web" && row.ExecutedBy == "lead" && row.DryRunPassed);
    }

    [Fact]
    public async Task Audit_OfARunThatItsDryRunHeldBack_TellsWhatFailed()
    {
        var audit = (await Get<AuditQueries>().ListAsync("ends", new(), FirstPage, CancellationToken.None)).Items
            .ShouldHaveSingleItem("a shadow run changes nothing");
        var logged = await database.Superuser.QueryAsync(
            "select event_type::text from alert_operation_log where project_id = 'ends' and audit_log_id = $1", reader => reader.GetString(0), audit.Id);

        audit.Success.ShouldBeFalse();
        audit.ErrorMessage.ShouldBe(RunErrors.DryRunFailed);
        audit.DryRunPassed.ShouldBeFalse();
        audit.DryRunMessage.ShouldBe("restart: program_missing");
        audit.AuthorizationChannel.ShouldBe("auto");
        audit.ExecutedBy.ShouldBe("worker:w1");
        audit.ExecutionDurationMs.ShouldBeNull();
        logged.ShouldBe(["GUARDRAIL_BLOCKED"]);
    }

    [Fact]
    public async Task Timeline_OfTheIncident_TellsTheStoryInOrder()
    {
        var story = (await Get<TimelineQueries>().StoryAsync("tale", Story.Incident, new(limit: 200), Language.English, CancellationToken.None)).Items;

        story.Select(line => line.CreatedAt).ShouldBeInOrder();
        story[0].Title.ShouldBe("Incident opened: CheckoutDown on shop/checkout");
        story[0].Description.ShouldBe("The checkout does not answer");
        story.Select(line => line.Title).ShouldContain("Step 1 succeeded: restart");
        story.Select(line => line.Title).ShouldContain("Rollback of step 1 timed out: start");
        story.Select(line => line.Title).ShouldContain("Notified webhook ops-room: CheckoutDown");
        story.Select(line => line.Title).ShouldContain("Trust in the playbook moved from 0.240 to 0.316");
        story[^1].Title.ShouldBe("Closed by ops");
        var titles = story.Select(line => line.Title).ToList();
        titles.IndexOf("lead voted to approve").ShouldBe(titles.IndexOf("Approved: Restart the checkout") - 1, "events of one commit stay in order");
        story.Single(line => line.Title == "lead voted to approve" && line.ApprovalId == Story.FirstApproval.ToString()).ActorRole.ShouldBe("operator");
    }

    [Fact]
    public async Task Lists_SplitAtATime_HoldEachRowOnce()
    {
        var lines = (await Get<TimelineQueries>().ListAsync("tale", new(), new(limit: 200), Language.English, CancellationToken.None)).Items;
        var middle = lines[lines.Count / 2].CreatedAt;
        var later = (await Get<TimelineQueries>().ListAsync("tale", new(Since: middle), new(limit: 200), Language.English, CancellationToken.None)).Items;
        var earlier = (await Get<TimelineQueries>().ListAsync("tale", new(Until: middle), new(limit: 200), Language.English, CancellationToken.None)).Items;
        later.Concat(earlier).Select(line => line.Id).ShouldBe(lines.Select(line => line.Id));
        earlier.ShouldNotBeEmpty();
        earlier.ShouldAllBe(line => line.CreatedAt < middle);

        var operations = (await Get<AuditQueries>().ListAsync("tale", new(), new(limit: 200), CancellationToken.None)).Items;
        var last = operations[0].CreatedAt;
        (await Get<AuditQueries>().ListAsync("tale", new(Until: last), new(limit: 200), CancellationToken.None)).Items.Select(row => row.Id)
            .ShouldBe(operations.Where(row => row.CreatedAt < last).Select(row => row.Id));
        (await Get<AuditQueries>().ListAsync("tale", new(Since: last), new(limit: 200), CancellationToken.None)).Items.Select(row => row.Id)
            .ShouldBe(operations.Where(row => row.CreatedAt >= last).Select(row => row.Id));
    }

    [Fact]
    public async Task Timeline_InAnotherLanguage_IsToldInIt()
    {
        var story = (await Get<TimelineQueries>().StoryAsync("tale", Story.Incident, new(limit: 200), Language.TraditionalChinese, CancellationToken.None)).Items;
        var listed = (await Get<TimelineQueries>().ListAsync("ends", new(), new(limit: 200), Language.TraditionalChinese, CancellationToken.None)).Items;

        story[0].Title.ShouldBe("事件已建立：shop/checkout 上的 CheckoutDown");
        story[0].Description.ShouldBe("The checkout does not answer", "what a sender wrote stays as it is");
        story.Select(line => line.Title).ShouldContain("步驟 1 成功：restart");
        var heldBack = listed.Single(line => line.Title == "試跑失敗，未執行任何步驟" && line.Details!.Value.GetProperty("run_id").GetString() == "01910000-0000-7000-8000-000000000026");
        heldBack.Description.ShouldBe("步驟 1「restart」：程式檔案不存在或無法執行。");
        foreach (var line in story.Concat(listed))
            line.Title.Any(c => c is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(line.Title);
    }

    [Theory]
    [InlineData(Language.English, "Contract tool/restart cannot be used: version 2 does not verify", "Its document, its seal or a signature was changed after it was signed.")]
    [InlineData(Language.TraditionalChinese, "合約 tool/restart 無法使用：第 2 版未通過驗證", "其文件、封印或簽署在簽署後遭到變更。")]
    public async Task Timeline_OfAContractThatDoesNotVerify_SaysSoInTheReadersWords(Language language, string title, string why)
    {
        var listed = (await Get<TimelineQueries>().ListAsync("tale", new(), new(limit: 200), language, CancellationToken.None)).Items;

        var told = listed.Single(line => line.Title == title);
        (told.EventType, told.Status, told.Description, told.Actor).ShouldBe(("security", "error", why, "platform"));
        told.Details!.Value.GetProperty("contract_id").GetString().ShouldBe(Story.Contract);
    }

    [Fact]
    public async Task Timeline_OfADryRunThatFailed_SaysWhyInWords()
    {
        var listed = (await Get<TimelineQueries>().ListAsync("ends", new(), new(limit: 200), Language.English, CancellationToken.None)).Items;

        listed.Select(line => line.Description).ShouldContain("Step 1 'restart': The program's file is not there or cannot be executed.");
        listed.ShouldContain(line => line.Title == "Event given up: incident.opened for records.incidents" && line.Description == "it never fits");
    }

    [Fact]
    public async Task Notifications_AfterTheStories_TellDeliveryAndAction()
    {
        var answered = (await Get<NotificationQueries>().ListAsync("tale", new(NotificationStatus.Delivered, Story.Incident), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        answered.UserAction.ShouldBe("approved");
        answered.TimeToActionSec.ShouldBe(12);
        answered.MessageId.ShouldBe("m-1");
        (await Get<NotificationQueries>().ListAsync("ends", new(NotificationStatus.Failed), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem().DeliveryError.ShouldBe("gone");
    }

    [Fact]
    public async Task OperationLog_AfterTheStory_HasTheLifeOfTheAlert()
    {
        var log = await database.Superuser.QueryAsync(
            "select event_type::text from alert_operation_log where project_id = 'tale' and incident_id = $1 order by created_at, id", reader => reader.GetString(0), Story.Incident);

        log.ShouldBe(
        [
            "ALERT_RECEIVED", "ALERT_RECEIVED", "AUTO_REPAIR_TRIGGERED", "USER_ACTION", "APPROVAL_ESCALATED", "USER_ACTION", "PRE_FLIGHT_PASSED", "EXECUTION_STARTED",
            "CHANGE_APPLIED", "CHANGE_APPLIED", "EXECUTION_COMPLETED", "AUTO_REPAIR_TRIGGERED", "USER_ACTION", "PRE_FLIGHT_PASSED", "EXECUTION_STARTED",
            "CHANGE_APPLIED", "EXECUTION_COMPLETED", "RESOLVED", "USER_ACTION",
        ]);
    }

    /// <summary>Nobody acted: the budget held the run back.</summary>
    [Fact]
    public async Task OperationLog_OfARunThatTheBudgetStopped_SaysSoAndBlamesNobody()
    {
        var logged = await database.Superuser.QueryAsync(
            "select event_type::text, action_detail, success from alert_operation_log where project_id = 'ends' and context ->> 'run_id' = '01910000-0000-7000-8000-000000000027' order by created_at, id",
            reader => (reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? (bool?)null : reader.GetBoolean(2)));

        logged[^1].ShouldBe(("GUARDRAIL_BLOCKED", "E-BUDGET-003", false));
        logged.ShouldNotContain(entry => entry.Item1 == "USER_ACTION");
    }

    [Fact]
    public async Task Repairs_AfterTheStories_CountExecutedOnesOnly()
    {
        var repairs = await database.Superuser.QueryAsync(
            "select success, jsonb_array_length(executed_steps) from auto_repair_executions where project_id = 'tale' order by created_at", reader => (reader.GetBoolean(0), reader.GetInt32(1)));
        var events = await database.Superuser.QueryAsync(
            "select status from remediation_events where project_id in ('tale', 'ends') order by project_id desc, created_at", reader => reader.GetString(0));

        repairs.ShouldBe([(false, 4), (true, 3)]);
        events.ShouldBe(["rolled_back", "success", "failed", "failed", "failed", "failed", "dry_run_ok", "dry_run_failed", "failed"]);
        (await database.Superuser.QueryAsync("select 1 from auto_repair_executions where project_id = 'ends'", reader => reader.GetInt32(0))).ShouldBeEmpty();
    }

    [Fact]
    public async Task OperationLog_AfterTheStories_NamesRowsThatAreThere()
    {
        const string dangling =
            """
            select o.event_type::text from alert_operation_log o
            where o.audit_log_id is not null and not exists (select from audit_logs a where a.project_id = o.project_id and a.id = o.audit_log_id)
               or o.auto_repair_id is not null
              and not exists (select from auto_repair_executions r where r.project_id = o.project_id and r.id = o.auto_repair_id)
            """;

        (await database.Superuser.QueryAsync(dangling, reader => reader.GetString(0))).ShouldBeEmpty();
        (await database.Superuser.QueryAsync("select 1 from alert_operation_log where auto_repair_id is not null", reader => reader.GetInt32(0)))
            .ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Playbook_RestoredAfterItsApproval_IsApprovedStill()
    {
        var playbook = (await Get<PlaybookQueries>().FindAsync("ends", Story.Playbook, CancellationToken.None)).ShouldNotBeNull();

        playbook.Status.ShouldBe(PlaybookStatus.Approved);
        playbook.ApprovedBy.ShouldBe("lead");
    }

    [Fact]
    public void Rows_AsJson_AreSnakeCase()
    {
        var json = JsonSerializer.Serialize(new Page<AuditRow>([], "next"), RecordsJson.Default.PageAuditRow);

        json.ShouldBe("""{"items":[],"next_cursor":"next"}""");
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
