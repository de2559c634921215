using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;

namespace AwoooP.Grains.Tests.Incidents;

public sealed class IncidentTransitionTests
{
    [Fact]
    public void GivenNothingInTheWay_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        IncidentTransitions.Table,
        new IncidentFacts(FiresAgainInTime: true, IsOlderThanEnd: false, HasLivePlan: false, IsRunOfPlan: true, AlertIsClear: false),
        """
        none: open=investigating
        investigating: add_signal=investigating clear_alert=resolved propose_plan=investigating decline_plan=investigating start_mitigation=mitigating repair_verified=resolved repair_failed=investigating repair_needs_person=escalated acknowledge=investigating escalate=escalated resolve=resolved close=closed
        mitigating: add_signal=mitigating clear_alert=mitigating start_mitigation=mitigating repair_verified=resolved repair_failed=investigating repair_needs_person=escalated acknowledge=mitigating escalate=escalated resolve=resolved
        escalated: add_signal=escalated clear_alert=resolved propose_plan=escalated decline_plan=escalated start_mitigation=mitigating repair_verified=resolved repair_failed=escalated repair_needs_person=escalated acknowledge=escalated resolve=resolved
        resolved: add_signal=investigating clear_alert=resolved decline_plan=resolved repair_verified=resolved repair_failed=resolved repair_needs_person=resolved close=closed
        closed: clear_alert=closed decline_plan=closed repair_verified=closed repair_failed=closed repair_needs_person=closed
        """);

    [Fact]
    public void GivenLateLivePlanOfAnotherRunAndQuietAlert_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        IncidentTransitions.Table,
        new IncidentFacts(FiresAgainInTime: false, IsOlderThanEnd: true, HasLivePlan: true, IsRunOfPlan: false, AlertIsClear: true),
        """
        none: open=investigating
        investigating: add_signal=investigating clear_alert=resolved decline_plan=investigating repair_verified=resolved repair_failed=investigating repair_needs_person=escalated acknowledge=investigating escalate=escalated resolve=resolved close=closed
        mitigating: add_signal=mitigating clear_alert=mitigating repair_verified=resolved repair_failed=resolved repair_needs_person=resolved acknowledge=mitigating escalate=escalated resolve=resolved
        escalated: add_signal=escalated clear_alert=resolved decline_plan=escalated repair_verified=resolved repair_failed=escalated repair_needs_person=escalated acknowledge=escalated resolve=resolved
        resolved: add_signal=resolved clear_alert=resolved decline_plan=resolved repair_verified=resolved repair_failed=resolved repair_needs_person=resolved close=closed
        closed: clear_alert=closed decline_plan=closed repair_verified=closed repair_failed=closed repair_needs_person=closed
        """);
}
