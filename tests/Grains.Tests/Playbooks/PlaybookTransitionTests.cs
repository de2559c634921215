using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>Every state and trigger, written down a second time.</summary>
public sealed class PlaybookTransitionTests
{
    private const string ApprovedWorkOfAnother =
        """
        none: create -> draft

        draft: revise -> draft
        draft: approve -> approved
        draft: archive -> archived
        draft: record_outcome -> draft

        approved: revise -> draft
        approved: activate -> active
        approved: archive -> archived
        approved: record_outcome -> approved
        approved: lose_trust -> archived

        active: revise -> draft
        active: archive -> archived
        active: record_outcome -> active
        active: lose_trust -> archived

        archived: restore -> approved
        archived: record_outcome -> archived
        """;

    [Fact]
    public void GivenApprovedWorkOfAnother_WhenAnyTrigger_ThenAsWritten() =>
        TableCheck.Holds(PlaybookTransitions.Table, new PlaybookFacts(NeedsAnother: false, WasApproved: true), ApprovedWorkOfAnother);

    [Fact]
    public void GivenOwnUnapprovedWork_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        PlaybookTransitions.Table,
        new PlaybookFacts(NeedsAnother: true, WasApproved: false),
        ApprovedWorkOfAnother,
        """
        draft: approve -> refused
        archived: restore -> draft
        """);
}
