using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Playbooks;

public sealed class PlaybookTransitionTests
{
    [Fact]
    public void GivenApprovedWorkOfAnother_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        PlaybookTransitions.Table,
        new PlaybookFacts(NeedsAnother: false, WasApproved: true),
        """
        none: create=draft
        draft: revise=draft approve=approved archive=archived record_outcome=draft
        approved: revise=draft activate=active archive=archived record_outcome=approved lose_trust=archived
        active: revise=draft archive=archived record_outcome=active lose_trust=archived
        archived: restore=approved record_outcome=archived
        """);

    [Fact]
    public void GivenOwnUnapprovedWork_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        PlaybookTransitions.Table,
        new PlaybookFacts(NeedsAnother: true, WasApproved: false),
        """
        none: create=draft
        draft: revise=draft archive=archived record_outcome=draft
        approved: revise=draft activate=active archive=archived record_outcome=approved lose_trust=archived
        active: revise=draft archive=archived record_outcome=active lose_trust=archived
        archived: restore=draft record_outcome=archived
        """);
}
