using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Whatever is done to a version behind the platform's back, it no longer verifies.</summary>
public sealed class ContractVerificationTests : ContractStory
{
    [Fact]
    public void GivenARotation_WhenTheOldKeyStillVerifies_ThenBothVersionsCanBeUsedUntilItIsTakenOut()
    {
        Keys.Keys = [SigningKeys.Key("k1")];
        Draft(Document);
        Publish(1, "ann");
        Keys.Keys = [SigningKeys.Key("k2"), SigningKeys.Key("k1")];

        Sign(1, "ben").OfType<ContractSigned>().Single().Signature.KeyId.ShouldBe("k2");
        FaultOf(1).ShouldBeNull();

        Keys.Keys = [SigningKeys.Key("k2")];
        FaultOf(1).ShouldBe("contract_key_unknown");
        RefusalOf(Signing(1, "cho")).Code.ShouldBe("contract_key_unknown");
    }

    /// <summary>Whatever of a version is changed behind the platform's back.</summary>
    [Theory]
    [InlineData("document")]
    [InlineData("document_and_hash")]
    [InlineData("not_json")]
    [InlineData("number")]
    [InlineData("publisher")]
    [InlineData("seal")]
    [InlineData("signer")]
    [InlineData("signed_at")]
    [InlineData("signature_id")]
    [InlineData("hmac")]
    [InlineData("short_hmac")]
    [InlineData("one_signature")]
    [InlineData("signature_twice")]
    [InlineData("no_seal")]
    [InlineData("publishers_issuers")]
    [InlineData("signers_issuers")]
    public void GivenAnActiveVersion_WhenItWasTamperedWith_ThenItDoesNotVerify(string what)
    {
        Activate(Document);
        var held = Contract.Find(1)!;
        ContractVerification.FaultOf(Tool, held, Ring).ShouldBeNull();
        var (first, second) = (held.Signatures[0], held.Signatures[1]);

        var changed = what switch
        {
            "document" => held with { Document = held.Document.Replace("120", "121", StringComparison.Ordinal) },
            "document_and_hash" when held.Document.Replace("120", "121", StringComparison.Ordinal) is var text =>
                held with { Document = text, Sha256 = ContractStatements.Sha256Of(text) },
            "not_json" => held with { Document = "{", Sha256 = ContractStatements.Sha256Of("{") },
            "number" => held with { Number = 2 },
            "publisher" => held with { Seal = held.Seal! with { By = "eve" } },
            "seal" => held with { Seal = held.Seal! with { Hmac = first.Hmac } },
            "signer" => held with { Signatures = [first with { Signer = "eve" }, second] },
            "signed_at" => held with { Signatures = [first with { SignedAt = first.SignedAt.AddTicks(10) }, second] },
            "signature_id" => held with { Signatures = [first with { SignatureId = second.SignatureId }, second] },
            "hmac" => held with { Signatures = [first, second with { Hmac = first.Hmac }] },
            "short_hmac" => held with { Signatures = [first, second with { Hmac = second.Hmac[..62] }] },
            "one_signature" => held with { Signatures = [first] },
            "signature_twice" => held with { Signatures = [first, first] },
            "no_seal" => held with { Seal = null },
            "publishers_issuers" => held with { Seal = held.Seal! with { IssuedBy = [] } },
            "signers_issuers" => held with { Signatures = [first with { IssuedBy = [] }, second] },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        changed.ShouldNotBe(held);
        ContractVerification.FaultOf(Tool, changed, Ring).ShouldBe("contract_signature_invalid");
    }

    /// <summary>Good signatures that never counted together.</summary>
    [Fact]
    public void GivenTwoGoodSignatures_WhenTheyLieADayApart_ThenTheVersionDoesNotVerify()
    {
        Draft(Document);
        Publish(1, "ann");
        Sign(1, "ben");
        var early = Contract.Find(1)!.Signatures.Single();
        Now += ContractLimits.SignatureLifetime;
        Sign(1, "cho");
        var held = Contract.Find(1)!;

        var brought = held with { Status = ContractStatus.Active, Signatures = [early, .. held.Signatures] };

        ContractVerification.FaultOf(Tool, brought, Ring).ShouldBe("contract_signature_invalid");
    }

    /// <summary>A version that was moved as it is, with all that it bears.</summary>
    [Fact]
    public void GivenAnActiveVersion_WhenItStandsElsewhere_ThenItDoesNotVerify()
    {
        Activate(Document);
        var held = Contract.Find(1)!;

        ContractVerification.FaultOf(Tool with { Name = "delete" }, held, Ring).ShouldBe("contract_signature_invalid");
        ContractVerification.FaultOf(Tool with { Kind = ContractKind.Agent }, held, Ring).ShouldBe("contract_signature_invalid");
        ContractVerification.FaultOf(Tool, held, Keys.Of("bank")).ShouldBe("contract_signature_invalid");
    }
}
