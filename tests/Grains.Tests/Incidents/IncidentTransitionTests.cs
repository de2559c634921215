using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;

namespace AwoooP.Grains.Tests.Incidents;

/// <summary>Every state and trigger, written down a second time.</summary>
public sealed class IncidentTransitionTests
{
    private const string NothingInTheWay =
        """
        none: open -> investigating

        investigating: add_signal -> investigating
        investigating: clear_alert -> resolved
        investigating: propose_plan -> investigating
        investigating: decline_plan -> investigating
        investigating: start_mitigation -> mitigating
        investigating: repair_verified -> resolved
        investigating: repair_failed -> investigating
        investigating: repair_needs_person -> escalated
        investigating: acknowledge -> investigating
        investigating: escalate -> escalated
        investigating: resolve -> resolved
        investigating: close -> closed

        mitigating: add_signal -> mitigating
        mitigating: clear_alert -> mitigating
        mitigating: start_mitigation -> mitigating
        mitigating: repair_verified -> resolved
        mitigating: repair_failed -> investigating
        mitigating: repair_needs_person -> escalated
        mitigating: acknowledge -> mitigating
        mitigating: escalate -> escalated
        mitigating: resolve -> resolved

        escalated: add_signal -> escalated
        escalated: clear_alert -> resolved
        escalated: propose_plan -> escalated
        escalated: decline_plan -> escalated
        escalated: start_mitigation -> mitigating
        escalated: repair_verified -> resolved
        escalated: repair_failed -> escalated
        escalated: repair_needs_person -> escalated
        escalated: acknowledge -> escalated
        escalated: resolve -> resolved

        resolved: add_signal -> investigating
        resolved: clear_alert -> resolved
        resolved: decline_plan -> resolved
        resolved: repair_verified -> resolved
        resolved: repair_failed -> resolved
        resolved: repair_needs_person -> resolved
        resolved: close -> closed

        closed: clear_alert -> closed
        closed: decline_plan -> closed
        closed: repair_verified -> closed
        closed: repair_failed -> closed
        closed: repair_needs_person -> closed
        """;

    [Fact]
    public void GivenNothingInTheWay_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        IncidentTransitions.Table,
        new IncidentFacts(FiresAgainInTime: true, IsOlderThanEnd: false, HasLivePlan: false, IsRunOfPlan: true, AlertIsClear: false),
        NothingInTheWay);

    [Fact]
    public void GivenOldNewsALivePlanAnotherRunAndAQuietAlert_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        IncidentTransitions.Table,
        new IncidentFacts(FiresAgainInTime: false, IsOlderThanEnd: true, HasLivePlan: true, IsRunOfPlan: false, AlertIsClear: true),
        NothingInTheWay,
        """
        investigating: propose_plan -> refused
        investigating: start_mitigation -> refused
        mitigating: start_mitigation -> refused
        mitigating: repair_failed -> resolved
        mitigating: repair_needs_person -> resolved
        escalated: propose_plan -> refused
        escalated: start_mitigation -> refused
        resolved: add_signal -> resolved
        """);

    [Fact]
    public void GivenTheTable_WhenWalked_ThenEveryWayWasDecidedOn() => TableCheck.StaysWithin(
        IncidentTransitions.Table,
        """
        none: investigating
        investigating: mitigating escalated resolved closed
        mitigating: investigating escalated resolved
        escalated: mitigating resolved
        resolved: closed investigating
        """);
}
