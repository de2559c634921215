using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Drafting, and what becomes of versions that are drafted one after the other.</summary>
public sealed class ContractDraftingTests : ContractStory
{
    [Fact]
    public void GivenADraft_WhenDraftedAgain_ThenItIsRevisedAndTheSameTextChangesNothing()
    {
        Draft(Document);

        Draft(OtherDocument).ShouldBeOfType<ContractDraftRevised>().Number.ShouldBe(1);
        // Other white space and order: the same document.
        ContractDecider.Draft(Contract, new DraftContract("\n" + OtherDocument), "ann").Events.ShouldBeEmpty();
        Contract.Versions.ShouldHaveSingleItem().Document.ShouldNotContain("\n");
    }

    [Fact]
    public void GivenAPublishedVersion_WhenDrafted_ThenItIsANewVersionAndTheOldOneStays()
    {
        Draft(Document);
        Publish(1, "ann");
        var before = Contract.Find(1)!.Document;

        Draft(OtherDocument).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(2);

        Contract.Find(1)!.Document.ShouldBe(before);
        RefusalOf(Publishing(1)).Code.ShouldBe("illegal_transition");
    }

    [Fact]
    public void GivenAnActiveVersion_WhenRetired_ThenItMustBeDeprecatedFirst()
    {
        Activate(Document);

        var refusal = RefusalOf(ContractDecider.Retire(Contract, new RetireContract(1, null), "ann"));
        refusal.Code.ShouldBe("illegal_transition");
        refusal.Legal.ShouldBe(["deprecate"]);

        Apply(ContractDecider.Deprecate(Contract, new DeprecateContract(1, "Old."), "ann"));
        Apply(ContractDecider.Retire(Contract, new RetireContract(1, null), "ann"));
        Contract.Versions.ShouldBeEmpty();
        Contract.IsEnded.ShouldBeTrue();
        Draft(Document).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(2);
    }

    [Fact]
    public void GivenAsManyVersionsAsAreHeld_WhenDrafted_ThenOneMustBeRetiredFirst()
    {
        for (var number = 1; number <= ContractLimits.MaxHeldVersions; number++)
        {
            Draft(Document);
            Publish(number, "ann");
        }

        RefusalOf(ContractDecider.Draft(Contract, new DraftContract(Document), "ann")).Code.ShouldBe("too_many_versions");
        Apply(ContractDecider.Retire(Contract, new RetireContract(2, null), "ann"));
        Draft(Document).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(ContractLimits.MaxHeldVersions + 1);
    }
}
