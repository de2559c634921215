using AwoooP.Aggregates;
using AwoooP.Commands;
using static AwoooP.Contracts.ContractStatus;
using static AwoooP.Contracts.ContractTrigger;

namespace AwoooP.Contracts;

/// <summary>The states of one version and every way between them. Who may sign at all is said by <see cref="SigningRules"/>.</summary>
internal static class ContractTransitions
{
    private static readonly Guard<ContractFacts> CompletesSignatures = new(
        "is_verified_and_complete",
        facts => facts.IsVerified && facts.IsComplete,
        ContractRefusals.SignatureInvalid,
        "A signature of this version does not verify: it cannot be put in force.",
        RefusalKind.Conflict);

    private static readonly Guard<ContractFacts> IsVerified = new("is_verified", facts => facts.IsVerified);

    public static TransitionTable<ContractStatus, ContractTrigger, ContractFacts> Table { get; } = new(
        "contract_version",
        [
            new(ContractStatus.None, ContractTrigger.Draft, ContractStatus.Draft),

            new(ContractStatus.Draft, Revise, ContractStatus.Draft),
            new(ContractStatus.Draft, Publish, Published),
            new(ContractStatus.Draft, Retire, Retired),

            new(Published, Sign, Active, CompletesSignatures),
            new(Published, Sign, Published, IsVerified),
            new(Published, Retire, Retired),

            new(Active, Deprecate, Deprecated),
            new(Active, Replace, Deprecated),

            new(Deprecated, Retire, Retired),
        ],
        [Revise, Publish, Sign, Deprecate, Retire]);
}
