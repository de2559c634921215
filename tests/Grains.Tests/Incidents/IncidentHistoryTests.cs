using AwoooP.Alerts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Runs;
using FsCheck;
using FsCheck.Fluent;
using IncidentMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Incidents.Incident, AwoooP.Incidents.IncidentEvent>;

namespace AwoooP.Grains.Tests.Incidents;

/// <summary>Random histories of an alert, plans, runs and people, in any order that redelivery and lag may bring.</summary>
public sealed class IncidentHistoryTests
{
    private const string IncidentId = "INC-20260115-000001";
    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["service"] = "web" };
    private static readonly AlertIdentity Identity = AlertIdentity.From(Labels);
    private static readonly Gen<Guid> RunIds = Gen.Choose(1, 3).Select(number => Guid.Parse($"01990000-0000-7000-8000-00000000000{number}"));

    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHold()
    {
        var visited = new HashSet<IncidentStatus>();
        var resolutions = new HashSet<ResolutionKind>();
        Histories.Hold(Open, Moves, history =>
        {
            visited.Add(history.State.Status);
            resolutions.Add(history.State.Resolution);
            Check(history);
        });

        visited.ShouldBe(Enum.GetValues<IncidentStatus>(), ignoreOrder: true);
        resolutions.ShouldBe(Enum.GetValues<ResolutionKind>(), ignoreOrder: true);
    }

    private static void Check(History<Incident, IncidentEvent> history)
    {
        var (before, incident) = (history.Before, history.State);
        if (before.IsEnded)
            history.Decision.Events.ShouldBeEmpty();

        history.Wakes.Contains(IncidentDecider.CloseWake).ShouldBe(incident.Status is IncidentStatus.Resolved);
        if (incident.Status is IncidentStatus.Mitigating)
            incident.PlanIsLive.ShouldBeTrue();
        if (incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed)
            incident.PlanIsLive.ShouldBeFalse();
        if (incident.Status is IncidentStatus.Resolved)
            incident.ResolvedAt.ShouldNotBeNull();
        if (incident.PlanIsLive)
            incident.Plan!.IncidentId.ShouldBe(IncidentId);
        incident.Failures.Values.All(failures => failures is > 0 and <= IncidentDecider.MaxFailuresOfPlaybook).ShouldBeTrue();

        CheckRuns(history, before);
    }

    /// <summary>What is told of a run is told while its plan counts, and its end once.</summary>
    private static void CheckRuns(History<Incident, IncidentEvent> history, Incident before)
    {
        foreach (var raised in history.Decision.Events)
        {
            Guid? runId = raised switch
            {
                IncidentMitigationStarted started => started.RunId,
                IncidentRepairFailed failed => failed.RunId,
                IncidentPlanWithdrawn withdrawn => withdrawn.RunId,
                IncidentResolved { Kind: ResolutionKind.RepairVerified } resolved => resolved.RunId,
                _ => null,
            };
            if (runId is not null)
            {
                before.PlanIsLive.ShouldBeTrue();
                before.Plan!.RunId.ShouldBe(runId.Value);
            }
        }

        history.Decision.Events.Count(raised => raised is IncidentPlanProposed && before.PlanIsLive).ShouldBe(0);
    }

    private static Gen<IncidentMove> Open => Gen.Constant("open").Move<Incident, IncidentEvent, string>((incident, _, now) => IncidentDecider.Open(
        incident,
        IncidentId,
        new OpenIncident(Identity, new AlertClassification(Severity.P1, "availability", NotificationTypes.NeedsApproval), Signal(now), 1, new AlertFrequency(1, 1, 1, 1, null))));

    private static Gen<IncidentMove> AddSignal =>
        Gen.Choose(-40, 0).Move<Incident, IncidentEvent, int>(
            (incident, minutes, now) => IncidentDecider.AddSignal(incident, new AddSignal(Signal(now.AddMinutes(minutes)), incident.HitCount + 1)), 0, 1, 20);

    private static Gen<IncidentMove> ProposePlan =>
        (from run in RunIds
         from playbook in Gen.Choose(1, 2)
         from incident in Gen.Frequency((9, Gen.Constant(IncidentId)), (1, Gen.Constant("INC-20260115-000002")))
         select (run, playbook: $"PB-20260115-00000{playbook}", incident))
        .Move<Incident, IncidentEvent, (Guid Run, string Playbook, string Incident)>((incident, plan, _) => IncidentDecider.ProposePlan(
            incident,
            new ProposePlan(Plans.Of(Plans.Command("one")) with { RunId = plan.Run, PlaybookId = plan.Playbook, IncidentId = plan.Incident }),
            "platform"));

    private static Gen<RecordRepair> Repair =>
        from run in RunIds
        from verified in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from error in Gen.Elements(null, RunErrors.VerificationFailed, RunErrors.StepFailed, RunErrors.Rejected, RunErrors.Superseded)
        from needsPerson in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        select new RecordRepair(run, verified, verified ? null : error, needsPerson);

    private static Gen<IncidentMove> Moves => Gen.Frequency(
        (1, Open),
        (3, AddSignal),
        (1, Gen.Elements(Identity.Fingerprint, Identity.Fingerprint, "other").Move<Incident, IncidentEvent, string>(
            (incident, fingerprint, now) => IncidentDecider.ClearAlert(incident, new ClearAlert(fingerprint), "platform", now), 0, 1)),
        (6, ProposePlan),
        (1, Gen.Elements(true, false).Move<Incident, IncidentEvent, bool>(
            (incident, person, _) => IncidentDecider.DeclinePlan(incident, new DeclinePlan("No playbook fits.", person), "platform"))),
        (6, RunIds.Move<Incident, IncidentEvent, Guid>((incident, run, _) => IncidentDecider.StartMitigation(incident, new StartMitigation(run)), 0, 1)),
        (6, Repair.Move<Incident, IncidentEvent, RecordRepair>((incident, repair, now) => IncidentDecider.RecordRepair(incident, repair, "platform", now), 0, 1)),
        (1, Gen.Elements("ann", "ben").Move<Incident, IncidentEvent, string>(
            (incident, person, _) => IncidentDecider.Acknowledge(incident, new AcknowledgeIncident(null), person))),
        (1, Gen.Constant("escalate").Move<Incident, IncidentEvent, string>(
            (incident, _, _) => IncidentDecider.Escalate(incident, new EscalateIncident("Help."), "ann"))),
        (1, Gen.Constant("resolve").Move<Incident, IncidentEvent, string>(
            (incident, _, now) => IncidentDecider.Resolve(incident, new ResolveIncident(null), "ann", now))),
        (1, Gen.Constant("close").Move<Incident, IncidentEvent, string>((incident, _, _) => IncidentDecider.Close(incident, new CloseIncident(null), "ann"), 0, 30)),
        (1, Gen.Constant("quiet").Move<Incident, IncidentEvent, string>(
            (incident, _, now) => IncidentDecider.CloseWhenQuiet(incident, "platform", now), 1, 24 * 60)));

    private static AlertMember Signal(DateTimeOffset receivedAt) =>
        new(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string>(), receivedAt, receivedAt.AddMinutes(5), receivedAt, null, AlertBatch.AlertmanagerApi);
}
