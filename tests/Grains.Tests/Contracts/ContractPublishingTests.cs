using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Publishing: what is sealed, and with which key.</summary>
public sealed class ContractPublishingTests : ContractStory
{
    [Fact]
    public void GivenADraftWithAnUnknownField_WhenPublished_ThenRefusedWithItsPathAndNothingChanges()
    {
        Draft("""{"surprise":1}""");

        var refusal = RefusalOf(Publishing(1));

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.InvalidFields.Select(static fault => (fault.Code, fault.Field)).ShouldContain(("unknown_field", "$.surprise"));
        refusal.InvalidFields.Select(static fault => (fault.Code, fault.Field)).ShouldContain(("missing_field", "$.provider"));
    }

    [Fact]
    public void GivenADraftThatWasChangedAfterItWasRead_WhenPublished_ThenRefused()
    {
        Draft(Document);
        var read = Contract.Find(1)!.Sha256;
        Draft(OtherDocument);

        var refusal = RefusalOf(ContractDecider.Publish(Contract, Tool, new PublishContract(1, read), Ring, "ann"));

        (refusal.Code, refusal.Kind).ShouldBe(("document_changed", RefusalKind.Conflict));
    }

    [Fact]
    public void GivenKeysOfProjects_WhenPublished_ThenTheProjectsOwnIsTaken()
    {
        Keys.Keys = [SigningKeys.Key("bank-key", "bank"), SigningKeys.Key("shop-key", "shop")];
        Draft(Document);

        Publish(1, "ann").ShouldBeOfType<ContractPublished>().Seal.KeyId.ShouldBe("shop-key");

        Keys.Keys = [SigningKeys.Key("shop-key", "bank")];
        FaultOf(1).ShouldBe("contract_key_of_another_project");
        RefusalOf(Signing(1, "ben")).Code.ShouldBe("contract_key_of_another_project");
    }

    [Fact]
    public void GivenNoKey_WhenPublished_ThenRefused()
    {
        Draft(Document);

        Keys.Keys = [SigningKeys.Key("bank-key", "bank")];
        RefusalOf(Publishing(1)).Code.ShouldBe("contract_key_missing");
        Keys.Keys = [new SigningKey("k1", [], null), SigningKeys.Key("k0")];
        RefusalOf(Publishing(1)).Code.ShouldBe("contract_key_unavailable");
    }
}
