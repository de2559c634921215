using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Holds;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using AwoooP.Runs;
using AwoooP.Trust;

namespace AwoooP.Records.Tests;

/// <summary>The events of one alert that is repaired at the second attempt, as the grains of a tenant write them.</summary>
internal static class Story
{
    public const string Incident = "INC-20260301-AAAAAA";
    public const string OtherIncident = "INC-20260301-BBBBBB";
    public const string Playbook = "PB-20260201-RESTRT";
    public const string Fingerprint = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public const string Key = "00000000000000a1";
    public const string OtherKey = "00000000000000a2";
    public const string Contract = "tool/restart";
    public const string Agent = "agent/planner";
    public const string Policy = "policy/no_deletes";

    public static readonly Guid FirstApproval = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly Guid SecondApproval = Guid.Parse("01900000-0000-7000-8000-000000000002");
    public static readonly Guid FirstRun = Guid.Parse("01900000-0000-7000-8000-000000000011");
    public static readonly Guid SecondRun = Guid.Parse("01900000-0000-7000-8000-000000000012");
    public static readonly Guid Notification = Guid.Parse("01900000-0000-7000-8000-000000000021");

    public static readonly Guid IncidentHold = Guid.Parse("01900000-0000-7000-8000-000000000031");
    public static readonly Guid ProjectHold = Guid.Parse("01900000-0000-7000-8000-000000000032");

    public static readonly AlertIdentity Identity = new(Fingerprint, "CheckoutDown", "shop", "checkout");
    public static readonly AlertClassification Classification = new(Severity.P1, "application", "TYPE-3");

    private static readonly Dictionary<string, OperatorRole> OtherRoles = new()
    {
        ["shop"] = OperatorRole.Viewer,
        ["*"] = OperatorRole.Viewer,
        ["bank"] = OperatorRole.Admin,
    };

    public static EventLog Tell(string projectId)
    {
        var log = new EventLog(projectId);
        var first = Plan(FirstApproval, FirstRun);
        var second = Plan(SecondApproval, SecondRun);

        log.Append("playbook", Playbook, "ops", new PlaybookCreated(Playbook, Definition("Restart checkout"), PlaybookSource.Human, null, 0.3, "ops"));
        log.Append("playbook", Playbook, "ops", new PlaybookRevised(Definition("Restart the checkout"), 2, "clearer name", "ops"));
        log.Append("playbook", Playbook, "lead", new PlaybookApproved("lead"));
        log.Append("playbook", Playbook, "ops", new PlaybookActivated(Definition("Restart the checkout"), 2, 0.3, "ops"));
        log.Append("alert", Fingerprint, "platform", new AlertFired(Identity, Classification, Member("a", log), 1, Frequency, null, null));
        log.Append("incident", Incident, "platform", new IncidentOpened(Incident, Identity, Classification, Member("a", log), 1, ["checkout"], Frequency));
        log.Append("alert", Fingerprint, "platform", new AlertIncidentLinked(Incident));
        log.Append("alert", Fingerprint, "platform", new AlertOccurred(Identity, Classification, Member("b", log), 2, Incident), new AlertMembersSeen(Identity, Classification, [Member("a", log), Member("c", log)], 2));
        log.Append("alert", Fingerprint, "platform", new AlertMembersRenewed([Renewed("a", log), Renewed("c", log)]));
        log.Append("incident", Incident, "platform", new IncidentSignalAdded(Member("b", log), 2));
        log.Append("notification", Notification.ToString(), "platform", new NotificationQueued(Notification, NotificationChannel.Webhook, "TYPE-3", "ops-room", "CheckoutDown", "body", Incident, FirstApproval));
        log.Append("notification", Notification.ToString(), "platform", new NotificationDelayed(1, "connection refused", false, log.Now.AddSeconds(5)));

        log.Append("incident", Incident, "agent:planner", new IncidentPlanProposed(first));
        log.Append("run", FirstRun.ToString(), "agent:planner", new RunCreated(first, RunState.WaitingApproval, "repair", "planner", false, 0, 3, null));
        log.Append("approval", FirstApproval.ToString(), "agent:planner", new ApprovalRequested(first, "Restart checkout?", "agent:planner", 1, 2, log.Now.AddMinutes(10), log.Now.AddMinutes(15)));
        log.Append("notification", Notification.ToString(), "platform", new NotificationDelivered(2, "m-1"));
        log.Append("incident", Incident, "ops", new IncidentAcknowledged("ops", "on it"));
        log.Append("approval", FirstApproval.ToString(), "platform", new ApprovalEscalated(Incident));
        log.Append("approval", FirstApproval.ToString(), "lead", new ApprovalVoted(new Vote("lead", VoteChoice.Approve, "api_key", "go", log.Now)), new ApprovalGranted(first.ActionPattern, "lead", FirstRun));
        log.Append("notification", Notification.ToString(), "platform", new NotificationActedOn("approved", "lead", null, 12));
        log.Append("trust", first.ActionPattern, "platform", new TrustRaised(first.ActionPattern, 1, 1, "lead"));
        Execute(log, first, succeeds: false);
        log.Append("approval", FirstApproval.ToString(), "platform", new ApprovalExecutionFailed(FirstRun, RunErrors.VerificationFailed));
        log.Append("incident", Incident, "platform", new IncidentRepairFailed(FirstRun, RunErrors.VerificationFailed));
        log.Append("playbook", Playbook, "platform", new PlaybookOutcomeRecorded(FirstRun, Incident, false, 0.3, 0.24, 0, 1));

        log.Append("incident", Incident, "agent:planner", new IncidentPlanDeclined("the playbook failed just now"));
        log.Append("incident", Incident, "agent:planner", new IncidentPlanProposed(second));
        log.Append("run", SecondRun.ToString(), "agent:planner", new RunCreated(second, RunState.WaitingApproval, "repair", "planner", false, 0, 3, "key-2"));
        log.Append("approval", SecondApproval.ToString(), "agent:planner", new ApprovalRequested(second, "Once more?", "agent:planner", 1, 2, log.Now.AddMinutes(10), log.Now.AddMinutes(15)));
        log.Append("approval", SecondApproval.ToString(), "lead", new ApprovalVoted(new Vote("lead", VoteChoice.Approve, "api_key", null, log.Now)), new ApprovalGranted(second.ActionPattern, "lead", SecondRun));
        Execute(log, second, succeeds: true);
        log.Append("approval", SecondApproval.ToString(), "platform", new ApprovalExecuted(SecondRun));
        log.Append("incident", Incident, "platform", new IncidentAlertCleared(Fingerprint));
        log.Append("incident", Incident, "platform", new IncidentResolved(ResolutionKind.RepairVerified, "platform", SecondRun, null, log.Now.AddMinutes(-2)));
        log.Append("playbook", Playbook, "platform", new PlaybookOutcomeRecorded(SecondRun, Incident, true, 0.24, 0.316, 1, 1));
        log.Append("alert", Fingerprint, "platform", new AlertMembersEnded([new("a", log.Now), new("b", log.Now)]));
        log.Append("alert", Fingerprint, "platform", new AlertMembersEnded([new("c", log.Now)]), new AlertResolved(Identity, Incident));
        log.Append("trust", first.ActionPattern, "platform", new TrustReset(first.ActionPattern, 1, "lead"));
        log.Append("brake", "brakes", "ops", new AutomationPaused(Playbook, "deploy", "ops"), new AutomationResumed(Playbook, "ops"));
        log.Append("incident", Incident, "ops", new IncidentClosed("ops", "done"));
        log.Append("operator_key", Key, "ops", new OperatorKeyIssued(Key, "mei", new string('1', 64), new Dictionary<string, OperatorRole> { ["shop"] = OperatorRole.Approver }, "shop", null, "ops"));
        log.Append("operator_key", Key, "platform", new OperatorKeyUsed());
        log.Append("operator_key", Key, "ops", new OperatorKeyRotated(new string('2', 64), log.Now.AddDays(1), "ops"));
        log.Append("operator_key", OtherKey, "ops", new OperatorKeyIssued(
            OtherKey, "mei", new string('3', 64), OtherRoles, "bank", null, "ops", KeyScope.Intake));
        log.Append("project", IProjectGrain.Key, "root", new ProjectCreated(Configuration("Shop"), "root"));
        log.Append("project", IProjectGrain.Key, "ops", new ProjectSuspended("moving house", "ops"));
        Govern(log);
        Spend(log);
        Hold(log);
        return log;
    }

    /// <summary>The incident is held and released again, and a sweep removes what is past its term.</summary>
    private static void Hold(EventLog log)
    {
        log.Append("legal_holds", ILegalHoldsGrain.Key, "ann", new LegalHoldPlaced(IncidentHold, Incident, "the insurer asks", "ann"));
        log.Append("legal_holds", ILegalHoldsGrain.Key, "ann", new LegalHoldPlaced(ProjectHold, null, "a law suit", "ann"));
        log.Append(
            "legal_holds", ILegalHoldsGrain.Key, "ben",
            new LegalHoldReleased(ProjectHold, "it is settled", "ben"), new LegalHoldReleased(IncidentHold, "the insurer has paid", "ben"));
        log.Append("retention", IRetentionGrain.Key, "ann", new RetentionTermsSet(new Dictionary<string, int> { ["alert_member"] = 60 }, "ann"));
        log.Append("retention", IRetentionGrain.Key, "platform", new RetentionSwept([new("alert_member", 2, log.Now.AddDays(-60))], [], false, log.Now.AddDays(1)));
    }

    /// <summary>A contract of which the second version takes the place of the first, and a third is given up.</summary>
    private static void Govern(EventLog log)
    {
        log.Append("contract", Contract, "ops", new ContractDrafted(1, "{}", Sha256('1'), "ops"));
        log.Append("contract", Contract, "ops", new ContractDraftRevised(1, """{"max":1e+21,"name":"重啟"}""", Sha256('2'), "ops"));
        log.Append("contract", Contract, "admin", new ContractPublished(1, Sha256('2'), new ContractSeal("local", Sha256('a'), "admin")));
        log.Append("contract", Contract, "lead", new ContractSigned(1, Sha256('2'), Signature("lead", 1, log)));
        log.Append("contract", Contract, "ben", new ContractSigned(1, Sha256('2'), Signature("ben", 2, log)), new ContractActivated(1, "ben"));
        log.Append("contract", Contract, "ops", new ContractDrafted(2, """{"max":2}""", Sha256('3'), "ops"));
        log.Append("contract", Contract, "admin", new ContractPublished(2, Sha256('3'), new ContractSeal("local", Sha256('b'), "admin")));
        log.Append("contract", Contract, "lead", new ContractSigned(2, Sha256('3'), Signature("lead", 3, log)));
        log.Append(
            "contract", Contract, "ben", new ContractSigned(2, Sha256('3'), Signature("ben", 4, log)), new ContractDeprecated(1, 2, null, "ben"), new ContractActivated(2, "ben"));
        log.Append("contract", Contract, "admin", new ContractRetired(1, "nobody relies on it", "admin"));
        log.Append("contract", Contract, "ops", new ContractDrafted(3, "{}", Sha256('1'), "ops"));
        log.Append("contract", Contract, "platform", new ContractFoundUnusable(2, ContractRefusals.SignatureInvalid));

        PutInForce(log, Agent, 1, AgentDocument("L2", 20000), 5);
        PutInForce(log, Agent, 2, AgentDocument("L3", 30000), 7, before: 1);
        log.Append("contract", Agent, "ops", new ContractDrafted(3, AgentDocument("L4", 1), Sha256('1'), "ops"));
        PutInForce(log, Policy, 1, PolicyDocument, 9);
        log.Append("contract", Policy, "admin", new ContractDeprecated(1, null, "deletes are needed", "admin"));
    }

    private const string PolicyDocument =
        """{"description":"Nothing is deleted.","rules":[{"actions":["delete:*"],"effect":"deny","name":"no_deletes","reason":"It cannot be undone."}],"schema_version":"v1"}""";

    private static string AgentDocument(string autonomy, int tokens) =>
        $$"""
        {"answer_schema":{},"autonomy":"{{autonomy}}","description":"Plans repairs.","limits":{"max_cost_usd":0.25,"max_tokens":{{tokens}},"timeout_seconds":60},"models":[{"model":"m-1","provider":"p"}],"purpose":"plan","schema_version":"v1","tools":["query__prometheus"]}
        """;

    /// <param name="signature">The number of the first of its two signatures.</param>
    /// <param name="before">The version whose place it takes.</param>
    private static void PutInForce(EventLog log, string contract, int number, string document, int signature, int? before = null)
    {
        var sha256 = Sha256((char)('0' + number));
        log.Append("contract", contract, "ops", new ContractDrafted(number, document, sha256, "ops"));
        log.Append("contract", contract, "admin", new ContractPublished(number, sha256, new ContractSeal("local", Sha256('a'), "admin")));
        log.Append("contract", contract, "lead", new ContractSigned(number, sha256, Signature("lead", signature, log)));
        var signed = new ContractSigned(number, sha256, Signature("ben", signature + 1, log));
        if (before is { } replaced)
            log.Append("contract", contract, "ben", signed, new ContractDeprecated(replaced, number, null, "ben"), new ContractActivated(number, "ben"));
        else
            log.Append("contract", contract, "ben", signed, new ContractActivated(number, "ben"));
    }

    /// <summary>Four calls of models: two are settled, one is charged as estimated before somebody says what it cost, and one is never sent.</summary>
    private static void Spend(EventLog log)
    {
        const string Day = "2026-03-01";
        var midnight = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));
        var (day, whole) = (new Allowance(1m), new Allowance(2m));
        var planner = new ModelCall("planner", "local", "small-1", FirstRun, Incident);
        var critic = new ModelCall("critic", "local", "large-1");

        Project("ops", new BudgetPeriodBegun(BudgetPeriod.Day, Day, midnight), new BudgetSet(new BudgetPlan { Day = day }, "ops", "a first budget"));
        Project("agent:planner", new SpendingReserved(Call(1), new Spending(0.5m, 900), log.Now.AddMinutes(1), planner));
        Project("agent:planner", new SpendingSettled(Call(1), new Spending(0.45m, 800), 600, 200, planner));
        log.Append(
            "budget",
            BudgetAccount.OfIncident(OtherIncident),
            "platform",
            new SpendingSettled(Call(1), new Spending(0.45m, 800), 600, 200, planner),
            new BudgetThresholdReached(BudgetPeriod.Whole, "whole", 80, BudgetUnits.Usd, new Spending(1.7m, 800), whole));
        Project("agent:critic", new SpendingReserved(Call(2), new Spending(0.4m, 500), log.Now.AddMinutes(1), critic));
        Project("platform", new ReservationExpired(Call(2), new Spending(0.4m, 500), critic));
        Project("agent:critic", new SpendingSettled(Call(2), new Spending(0.3m, 300), 200, 100, critic, new Spending(0.4m, 500)));
        Project("agent:critic", new SpendingReserved(Call(3), new Spending(0.1m, 500), log.Now.AddMinutes(1), critic), new SpendingReleased(Call(3), "connection_failed", critic));
        Project(
            "agent:planner",
            new SpendingSettled(Call(4), new Spending(0.3m, 15), 10, 5, planner with { RunId = null, IncidentId = null }),
            new BudgetThresholdReached(BudgetPeriod.Day, Day, 100, BudgetUnits.Usd, new Spending(1.05m, 1115), day),
            new BudgetKilled(BudgetPeriod.Day, Day, midnight));
        Project("ops", new BudgetReopened(ReopenCauses.Raised));

        void Project(string actor, params object[] data) => log.Append("budget", BudgetAccount.Project, actor, data);
        static Guid Call(int number) => Guid.Parse($"01900000-0000-7000-8000-00000000030{number}");
    }

    private static ContractSignature Signature(string signer, int number, EventLog log) =>
        new(Guid.Parse($"01900000-0000-7000-8000-00000000020{number:x}"), signer, log.Now.AddSeconds(1), "local", Sha256('c'));

    private static string Sha256(char digit) => new(digit, 64);

    public static RepairPlan Plan(Guid approvalId, Guid runId) => new()
    {
        PlaybookId = Playbook,
        PlaybookVersion = 2,
        PlaybookName = "Restart the checkout",
        IncidentId = Incident,
        Fingerprint = Fingerprint,
        ApprovalId = approvalId,
        RunId = runId,
        Target = "shop/checkout",
        Namespace = "shop",
        Steps = Steps,
        ActionPattern = "restart:checkout",
        Risk = RiskLevel.Medium,
        EffectiveRisk = RiskLevel.Low,
        ApprovalLevel = ApprovalLevel.Standard,
        Autonomy = AutonomyLevel.L3,
        TrustScore = 0.3,
        Similarity = 1,
        PlanSha256 = new string('a', 64),
    };

    public static ProjectConfiguration Configuration(string name) => new()
    {
        Name = name,
        Quotas = new ProjectQuotas { AlertsPerMinute = 6000 },
        FeatureFlags = new ProjectFeatureFlags { SuggestMode = true },
    };

    public static PlaybookDefinition Definition(string name) => new()
    {
        Name = name,
        Description = "Restarts the service and looks whether it answers.",
        Match = new() { AlertNames = ["CheckoutDown"], Labels = new Dictionary<string, string> { ["service"] = "checkout" } },
        Steps = Steps,
        ActionPattern = "restart:{{service}}",
        Tags = ["shop"],
    };

    private static RenewedMember Renewed(string id, EventLog log) => new(id, log.Now.AddMinutes(7), log.Now.AddSeconds(1));

    public static AlertMember Member(string id, EventLog log) => new(
        id,
        new Dictionary<string, string> { ["alertname"] = "CheckoutDown", ["service"] = "checkout", ["pod"] = id },
        new Dictionary<string, string> { ["summary"] = "The checkout does not answer" },
        log.Now.AddSeconds(-30),
        log.Now.AddMinutes(5),
        log.Now,
        "http://prometheus.test/graph",
        "alertmanager");

    private static readonly AlertFrequency Frequency = new(1, 2, 3, 4, 120.5);

    private static IReadOnlyList<RepairStep> Steps =>
    [
        new CommandStep { Name = "restart", Program = "systemctl", Arguments = ["restart", "checkout"], Rollback = new CommandStep { Name = "start", Program = "systemctl", Arguments = ["start", "checkout"] } },
        new WaitStep { Name = "settle", Seconds = 2 },
        new VerifyStep { Name = "verify", PromQl = "up == 1" },
    ];

    private static void Execute(EventLog log, RepairPlan plan, bool succeeds)
    {
        var run = plan.RunId.ToString();
        log.Append("run", run, "platform", new RunReleased(plan.ApprovalId, "lead", "api_key"));
        log.Append("run", run, "worker:w1", new RunClaimed("w1", 1, log.Now.AddSeconds(30)));
        var startedAt = log.Now;
        log.Append("incident", Incident, "platform", new IncidentMitigationStarted(plan.RunId));
        log.Append("run", run, "worker:w1", new RunDryRunRecorded(1, true, [new DryRunCheck(1, StepPhase.Forward, "command", "restart", true, null)]));
        log.Append("approval", plan.ApprovalId.ToString(), "platform", new ApprovalExecutionBegun(plan.RunId));
        log.Append("run", run, "worker:w1", Begun(1, 1, StepPhase.Forward, "command", "restart"));
        log.Append("run", run, "worker:w1", new RunHeartbeatReceived(log.Now.AddSeconds(30)));
        log.Append("run", run, "worker:w1", Finished(1, 1, StepPhase.Forward, "command", "restart", StepStatus.Succeeded));
        log.Append("run", run, "worker:w1", Begun(2, 1, StepPhase.Forward, "wait", "settle"), new RunWaiting(2, log.Now.AddSeconds(2)));
        log.Append("run", run, "worker:w1", new RunClaimed("w1", 1, log.Now.AddSeconds(30)), Finished(2, 1, StepPhase.Forward, "wait", "settle", StepStatus.Succeeded));
        log.Append("run", run, "worker:w1", new RunYielded("w1", 1, "paused"));
        log.Append("run", run, "worker:w2", new RunClaimed("w2", 1, log.Now.AddSeconds(30)));
        log.Append("run", run, "platform", new RunLeaseLost("w2", 2));
        log.Append("run", run, "worker:w1", new RunClaimed("w1", 2, log.Now.AddSeconds(30)));
        log.Append("run", run, "worker:w1", Begun(3, 2, StepPhase.Forward, "verify", "verify"));
        log.Append("run", run, "worker:w1", Finished(3, 2, StepPhase.Forward, "verify", "verify", succeeds ? StepStatus.Succeeded : StepStatus.Failed));
        if (succeeds)
        {
            log.Append("run", run, "worker:w1", new RunCompleted(plan, true, false, startedAt));
            return;
        }

        log.Append("run", run, "worker:w1", Begun(1, 2, StepPhase.Rollback, "command", "start"));
        log.Append("run", run, "worker:w1", Finished(1, 2, StepPhase.Rollback, "command", "start", StepStatus.TimedOut), new RunFailed(plan, RunErrors.VerificationFailed, "still down", true, false, startedAt));
    }

    private static RunStepBegun Begun(int stepNo, int attempt, StepPhase phase, string kind, string name) =>
        new(stepNo, attempt, phase, kind, name, """{"name": "x"}""", Guid.Parse($"01900000-0000-7000-8000-0000000001{attempt}{stepNo}"));

    private static RunStepFinished Finished(int stepNo, int attempt, StepPhase phase, string kind, string name, StepStatus status) =>
        new(stepNo, attempt, phase, kind, name, status, "output", status == StepStatus.Succeeded ? null : RunErrors.StepFailed, 40);
}
