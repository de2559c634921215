using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Deliveries;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Holds;
using AwoooP.Idempotency;
using AwoooP.Incidents;
using AwoooP.Kpis;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using AwoooP.Runs;
using AwoooP.Trust;
using AwoooP.Wording;

namespace AwoooP.Grains.Tests.Events;

/// <summary>One event of every type, with every property filled in: what the golden files hold.</summary>
internal static class EventSamples
{
    private const string IncidentId = "INC-20260115-000001";
    private const string PlaybookId = "PB-20260115-000001";
    private const string ContractText = """{"description":"重啟 <web>","schema_version":"v1"}""";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 15, 8, 30, 0, TimeSpan.Zero).AddMicroseconds(123_456);
    private static readonly DateTimeOffset Later = At.AddMinutes(10);
    private static readonly DateTimeOffset Midnight = new(2026, 1, 16, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly Guid RunId = Plans.RunId;
    private static readonly Guid OtherId = Guid.Parse("01990000-0000-7000-8000-0000000000aa");
    private static readonly AlertIdentity Identity = new("f00dfeed", "WebDown", "prod", "web");
    private static readonly AlertClassification Classification = new(Severity.P1, "availability", NotificationTypes.NeedsApproval);
    private static readonly IntakeMark Mark = new(3, 42L << 20);
    private static readonly AlertFrequency Frequency = new(1, 2, 3, 4, 90.5);

    private static readonly AlertMember Member = new(
        "8d3f0a1b2c4e5f60",
        new Dictionary<string, string> { ["alertname"] = "WebDown", ["service"] = "web" },
        new Dictionary<string, string> { ["summary"] = "網站停了 🛑 <web> \"down\"" },
        At,
        Later,
        At.AddSeconds(1),
        "http://prometheus.example/graph",
        AlertBatch.AlertmanagerApi);

    private static readonly Spending Estimate = new(0.5m, 1500);
    private static readonly Allowance Limits = new(2.5m, 100_000);
    private static readonly ModelCall Call = new("planner", "openai", "gpt-small", RunId, IncidentId);

    private static readonly BudgetPlan BudgetPlan = new()
    {
        Month = new Allowance(50m, 10_000_000),
        Day = new Allowance(5.25m, 1_000_000),
        AgentMonth = new Allowance(20m, 4_000_000),
        Agents = new Dictionary<string, Allowance> { ["planner"] = new(30.0001m, 6_000_000) },
        Incident = Limits,
        Run = new Allowance(0.5m, 20_000),
    };

    private static readonly WithheldEvent Withheld = new("records.incidents", "1.3.42", "incident/shop/INC-20260115-000001", "incident.opened");

    private static readonly RepairPlan Plan = Plans.Of(
        new CommandStep
        {
            Name = "restart",
            Program = "restart",
            Arguments = ["web"],
            DryRunArguments = ["--check", "web"],
            TimeoutSeconds = 30,
            Idempotent = true,
            Rollback = new HttpStep { Name = "undo", Url = "http://web.example/undo", Body = "{}", ExpectedStatus = [200, 204] },
        },
        new WaitStep { Name = "settle", Seconds = 5 },
        new VerifyStep { Name = "is up", PromQl = "up{service=\"web\"} == 1", IntervalSeconds = 3, Consecutive = 2 },
        new VerifyStep { Name = "answers", Url = "http://web.example/health", ExpectedStatus = 204 });

    private static readonly PlaybookDefinition Definition = new()
    {
        Name = "Restart the web shop",
        Description = "Restarts it and looks.",
        Match = new PlaybookMatch
        {
            AlertNames = ["WebDown"],
            Labels = new Dictionary<string, string> { ["service"] = "web" },
        },
        Steps = [Plans.Command("restart", idempotent: true), Plans.Verify()],
        Risk = RiskLevel.High,
        RequiresApproval = ApprovalLevel.Critical,
        Autonomy = AutonomyLevel.L2,
        ActionPattern = "restart:{{service}}",
        EstimatedDurationMinutes = 7,
        Tags = ["web"],
        Notes = "Ask the shop first.",
    };

    private static readonly ProjectConfiguration Configuration = new()
    {
        Name = "Web shop",
        Quotas = new ProjectQuotas { AlertsPerMinute = 6000, RequestsPerMinute = 3000, EventStreams = 50 },
        FeatureFlags = new ProjectFeatureFlags { SuggestMode = true, MuteNotifications = true },
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new AlertFired(Identity, Classification, Member, 3, Frequency, "INC-20260114-000009", At.AddHours(-1), Mark),
        new AlertOccurred(Identity, Classification, Member, 4, IncidentId, Mark),
        new AlertMembersSeen(Identity, Classification, [Member], 4, Mark),
        new AlertMembersRenewed([new(Member.MemberId, Later, Later.AddSeconds(1))], Mark),
        new AlertMembersEnded([new(Member.MemberId, Later, Later.AddSeconds(1))], Mark),
        new AlertResolved(Identity, IncidentId),
        new AlertIncidentLinked(IncidentId),

        new IncidentOpened(IncidentId, Identity, Classification, Member, 1, ["web", "shop"], Frequency),
        new IncidentSignalAdded(Member, 2),
        new IncidentReopened(Member, 3),
        new IncidentPlanProposed(Plan),
        new IncidentPlanDeclined("No active playbook matches WebDown.", Phrase.Of("declined_no_match", ("alert", "WebDown"))),
        new IncidentPlanWithdrawn(RunId, RunErrors.Rejected),
        new IncidentAlertCleared(Identity.Fingerprint),
        new IncidentAcknowledged("ann", "On it."),
        new IncidentMitigationStarted(RunId),
        new IncidentRepairFailed(RunId, RunErrors.VerificationFailed),
        new IncidentEscalated("The repair needs a person.", "ann", Phrase.Of("needs_person", ("error", RunErrors.Unverified))),
        new IncidentResolved(ResolutionKind.RepairVerified, "platform", RunId, "Held.", At),
        new IncidentClosed("ann", "Done."),

        new PlaybookCreated(PlaybookId, Definition, PlaybookSource.Evolved, "PB-20260114-000002", 0.3, "ann"),
        new PlaybookRevised(Definition, 2, "Waits longer.", "ann"),
        new PlaybookApproved("ben"),
        new PlaybookActivated(Definition, 2, 0.44, "ben", 3),
        new PlaybookArchived("Superseded.", "ben"),
        new PlaybookRestored("Needed again.", "ben", PlaybookStatus.Approved),
        new PlaybookOutcomeRecorded(RunId, IncidentId, true, 0.3, 0.44, 1, 2),
        new PlaybookNewsFollowed(3, 17, [new(17, PlaybookId, new PlaybookEntry(PlaybookId, 2, Definition.Match, 0.44), 0.44)]),

        new TrustRaised("restart:web", 2, 3, "ann"),
        new TrustReset("restart:web", 1, "ann"),

        new ApprovalRequested(Plan, "Restart the web shop", "platform", 1, 3, Later, Later.AddMinutes(5)),
        new ApprovalVoted(new Vote("ann", VoteChoice.Approve, "api_key", "Go.", At)),
        new ApprovalGranted("restart:web", "ann", RunId, At, "api_key"),
        new ApprovalRejected("restart:web", "ann", "Not now.", RunId),
        new ApprovalEscalated(IncidentId),
        new ApprovalExpired(RunId),
        new ApprovalCancelled("Not needed.", "ann", RunId),
        new ApprovalSuperseded("The alert is quiet.", RunId),
        new ApprovalExecutionBegun(RunId),
        new ApprovalExecuted(RunId),
        new ApprovalExecutionFailed(RunId, RunErrors.StepFailed),

        new RunCreated(Plan, RunState.WaitingApproval, "repair", "platform", true, 1, 3, "key-1", TraceId),
        new RunReleased(Plans.ApprovalId, "ann", "api_key"),
        new RunClaimed("silo-1:1", 2, Later, 4),
        new RunHeartbeatReceived(Later),
        new RunStepBegun(1, 2, StepPhase.Forward, "command", "restart", """{"program":"restart"}""", OtherId),
        new RunStepFinished(1, 2, StepPhase.Rollback, "http", "undo", StepStatus.TimedOut, "so far", RunErrors.StepFailed, 1500),
        new RunDryRunRecorded(1, true, [new(1, StepPhase.Forward, "command", "restart", true, "Would restart.")]),
        new RunWaiting(2, Later),
        new RunYielded("silo-1:1", 2, "paused"),
        new RunLeaseLost("silo-1:1", 3),
        new RunCompleted(Plan, true, true, At),
        new RunFailed(Plan, RunErrors.StepFailed, "restart ended with 1", true, true, At, new StepInTheWay(1, "restart", "exit_code_1")),
        new RunCancelled(Plan, RunErrors.Cancelled, "Not needed.", "ann", Later),
        new RunTimedOut(Plan, RunErrors.TimedOut, Later),
        new RunTargetReleased("prod/web"),

        new NotificationQueued(
            OtherId, NotificationChannel.Webhook, NotificationTypes.NeedsApproval, "on-call", "Approve?", "Restart the web shop", IncidentId, Plans.ApprovalId),
        new NotificationDelayed(1, "http_503", true, Later),
        new NotificationDelivered(2, "message-1"),
        new NotificationFailed(5, "http_410"),
        new NotificationActedOn("approved", "ann", "Go.", 30),

        new KpiFactsFollowed(3, 18, [new(18, KpiFactKind.ResolvedByRepair, 61.5, At)]),

        new AutomationPaused(PlaybookId, "Migration.", "ann"),
        new AutomationResumed(PlaybookId, "ann"),

        new OperatorKeyIssued(
            "key1", "ann", Plans.Hash, new Dictionary<string, OperatorRole> { ["shop"] = OperatorRole.Approver }, "shop", At.AddDays(90), "platform",
            KeyScope.Intake, ["bob", "platform"]),
        new OperatorKeyRevoked("Lost.", "ann"),
        new OperatorKeyRotated(Plans.Hash, Later, "ann"),
        new OperatorKeyUsed(),

        new ProjectCreated(Configuration, "ann"),
        new ProjectConfigured(Configuration, "ann"),
        new ProjectSuspended("Moving house.", "ann"),
        new ProjectResumed("Moved.", "ann"),
        new ProjectRemovalBegun("The contract has ended.", "ann"),
        new ProjectRemovalAbandoned("A run was under way.", "ann"),
        new ProjectRegistered("shop"),
        new RemovalEntered("shop", "The contract has ended.", "ann"),
        new RemovalWithdrawn("shop", "A run was under way.", "ann"),
        new ProjectRemoved("shop", [new("journal.event", 1203)], Plans.Hash, "ann"),
        new ProjectIdReleased("shop", "ann"),
        new ExportEntered("shop", "The contract has ended.", "ann"),
        new ProjectExported("shop", Plans.Hash, ["1.3.42", "1.7.9"], "ann"),
        new LogCutEntered(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 2, 4096, "Nothing needs them.", "ann"),

        new IdempotencyKeyTaken(Plans.Hash, OtherId, "/v1/platform/incidents/1", At.AddDays(1)),
        new IdempotencyKeyExpired(),

        new DeadLetterRetried(Withheld, "ann"),
        new DeadLetterDiscarded(Withheld, "It can never be applied.", "ann"),

        new ActDenied("VoteApproval", 403, "role_required", "403 role_required", "approval_id=1", "api_key", "192.0.2.1", "bank"),
        new DenialsCounted("several", 7, "7 more refusals within a minute, told together", At, Later),
        new SessionBegan("api_key", "key1", "192.0.2.1", Later),
        new SessionEnded("api_key", "key1", "192.0.2.1"),
        new ContractDrafted(1, ContractText, Plans.Hash, "ann"),
        new ContractDraftRevised(1, ContractText, Plans.Hash, "ben"),
        new ContractPublished(1, Plans.Hash, new ContractSeal("local", Plans.Hash, "ann")),
        new ContractSigned(1, Plans.Hash, new ContractSignature(OtherId, "ben", At, "local", Plans.Hash)),
        new ContractActivated(1, "cho"),
        new ContractDeprecated(1, 2, "Superseded.", "cho"),
        new ContractRetired(1, "Nobody relies on it.", "ann"),

        new BudgetSet(BudgetPlan, "ann", "A busier month."),
        new BudgetPeriodBegun(BudgetPeriod.Day, "2026-01-15", Midnight),
        new SpendingReserved(OtherId, Estimate, Later, Call, Limits),
        new SpendingSettled(OtherId, new Spending(0.1234m, 900), 700, 200, Call, Estimate),
        new SpendingReleased(OtherId, "connection_failed", Call),
        new ReservationExpired(OtherId, Estimate, Call),
        new BudgetThresholdReached(BudgetPeriod.Month, "2026-01", 80, BudgetUnits.Usd, new Spending(2m, 9000), Limits),
        new BudgetKilled(BudgetPeriod.Day, "2026-01-15", Midnight),
        new BudgetReopened(ReopenCauses.Raised),
        new ContractFoundUnusable(1, ContractRefusals.SignatureInvalid),

        new LegalHoldPlaced(OtherId, IncidentId, "The insurer asks.", "ann"),
        new LegalHoldReleased(OtherId, "The insurer has paid.", "ben"),

        new RetentionScheduled(Later),
        new RetentionTermsSet(new Dictionary<string, int> { ["alert_member"] = 60, ["timeline_events"] = 730 }, "ann"),
        new RetentionSwept(
            [new("alert_member", 12, At)], ["timeline_events"], true, Later, [new("run_state", "The rows of run_state could not be removed.")], ["audit_logs"]),
    ];
}
