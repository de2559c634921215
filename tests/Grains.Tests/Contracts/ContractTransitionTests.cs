using AwoooP.Contracts;
using AwoooP.Grains.Tests.Harness;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Every state and trigger, written down a second time.</summary>
public sealed class ContractTransitionTests
{
    private const string Complete =
        """
        none: draft -> draft

        draft: revise -> draft
        draft: publish -> published
        draft: retire -> retired

        published: sign -> active
        published: retire -> retired

        active: deprecate -> deprecated
        active: replace -> deprecated

        deprecated: retire -> retired
        """;

    [Fact]
    public void GivenVerifiedAndComplete_WhenAnyTrigger_ThenAsWritten() =>
        TableCheck.Holds(ContractTransitions.Table, new ContractFacts(IsVerified: true, IsComplete: true), Complete);

    [Fact]
    public void GivenTooFewSignatures_WhenAnyTrigger_ThenAsWritten() =>
        TableCheck.Holds(ContractTransitions.Table, new ContractFacts(IsVerified: true, IsComplete: false), Complete, "published: sign -> published");

    [Fact]
    public void GivenASealThatDoesNotVerify_WhenAnyTrigger_ThenAsWritten() =>
        TableCheck.Holds(ContractTransitions.Table, new ContractFacts(IsVerified: false, IsComplete: true), Complete, "published: sign -> refused");

    [Fact]
    public void GivenTheTable_WhenWalked_ThenEveryWayWasDecidedOn() => TableCheck.StaysWithin(
        ContractTransitions.Table,
        """
        none: draft
        draft: published retired
        published: active retired
        active: deprecated
        deprecated: retired
        """);
}
