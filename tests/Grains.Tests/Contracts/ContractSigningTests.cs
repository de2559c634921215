using AwoooP.Commands;
using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Signing: by whom, how often, and what two signatures lead to.</summary>
public sealed class ContractSigningTests : ContractStory
{
    [Fact]
    public void GivenNothing_WhenDraftedPublishedAndSignedTwice_ThenItIsInForce()
    {
        Draft(Document).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(1);
        Publish(1, "ann").ShouldBeOfType<ContractPublished>().Seal.KeyId.ShouldBe("k2");
        Sign(1, "ben").Single().ShouldBeOfType<ContractSigned>();
        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Published);

        Sign(1, "cho").Select(static raised => raised.GetType()).ShouldBe([typeof(ContractSigned), typeof(ContractActivated)]);

        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        Contract.Find(1)!.Signatures.Select(static signature => signature.Signer).ShouldBe(["ben", "cho"]);
        FaultOf(1).ShouldBeNull();
    }

    [Fact]
    public void GivenAnActiveVersion_WhenTheNextIsSigned_ThenTheOneBeforeIsDeprecatedInTheSameCommit()
    {
        Activate(Document);
        Draft(OtherDocument).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(2);
        Publish(2, "ben");
        Sign(2, "ann");

        var events = Sign(2, "cho");

        events.Select(static raised => raised.GetType()).ShouldBe([typeof(ContractSigned), typeof(ContractDeprecated), typeof(ContractActivated)]);
        events[1].ShouldBe(new ContractDeprecated(1, 2, null, "cho"));
        Contract.Versions.Select(static held => held.Status).ShouldBe([ContractStatus.Deprecated, ContractStatus.Active]);
        FaultOf(1).ShouldBeNull();
    }

    [Theory]
    [InlineData("ann", "publisher_cannot_sign", RefusalKind.Forbidden)]
    [InlineData("agent:planner", "signer_not_a_person", RefusalKind.Forbidden)]
    [InlineData("platform", "signer_not_a_person", RefusalKind.Forbidden)]
    [InlineData("ben", "already_signed", RefusalKind.Conflict)]
    public void GivenOneSignature_WhenSomeoneSignsWhoMayNot_ThenRefused(string signer, string code, RefusalKind kind)
    {
        Draft(Document);
        Publish(1, "ann");
        Sign(1, "ben");

        var refusal = RefusalOf(Signing(1, signer));

        (refusal.Code, refusal.Kind).ShouldBe((code, kind));
    }

    [Fact]
    public void GivenASignature_WhenItsIdIsUsedAgain_ThenItIsAReplay()
    {
        Draft(Document);
        Publish(1, "ann");
        var used = Sign(1, "ben").OfType<ContractSigned>().Single().Signature.SignatureId;

        RefusalOf(Signing(1, "cho", used)).Code.ShouldBe("signature_replayed");

        // Also when it has lapsed meanwhile, and for another version.
        Now += TimeSpan.FromDays(2);
        Sign(1, "cho");
        RefusalOf(Signing(1, "ben", used)).Code.ShouldBe("signature_replayed");
        Draft(OtherDocument);
        Publish(2, "ann");
        RefusalOf(Signing(2, "ben", used)).Code.ShouldBe("signature_replayed");
    }

    /// <summary>However much is signed meanwhile: 300 signatures of ten versions that came and went.</summary>
    [Fact]
    public void GivenManySignaturesOfOtherVersions_WhenAnOldIdIsUsedAgain_ThenItIsStillAReplay()
    {
        Draft(Document);
        Publish(1, "ann");
        var used = Sign(1, "ben").OfType<ContractSigned>().Single().Signature.SignatureId;
        for (var number = 2; number <= 11; number++)
        {
            Draft(OtherDocument);
            Publish(number, "ann");
            SignInVain(number, 30);
            Apply(ContractDecider.Retire(Contract, new RetireContract(number, null), "ann"));
        }

        RefusalOf(Signing(1, "ben", used)).Code.ShouldBe("signature_replayed");
        Signing(1, "ben").Refusal.ShouldBeNull();
    }

    [Fact]
    public void GivenAsManySignaturesAsAVersionTakes_WhenSigned_ThenRefusedWithTheBound()
    {
        Draft(Document);
        Publish(1, "ann");
        var used = Sign(1, "ben").OfType<ContractSigned>().Single().Signature.SignatureId;
        SignInVain(1, ContractLimits.MaxSignatures - 1);

        var refusal = RefusalOf(Signing(1, "ben"));

        (refusal.Code, refusal.Kind).ShouldBe(("too_many_signatures", RefusalKind.Conflict));
        refusal.Message.ShouldContain("at most 32 signatures");
        RefusalOf(Signing(1, "ben", used)).Code.ShouldBe("signature_replayed");
        Apply(ContractDecider.Retire(Contract, new RetireContract(1, null), "ann")).ShouldHaveSingleItem();
    }

    [Fact]
    public void GivenRoomForOneSignatureMore_WhenItCompletesTheVersion_ThenItIsInForce()
    {
        Draft(Document);
        Publish(1, "ann");
        SignInVain(1, ContractLimits.MaxSignatures - 1);

        Sign(1, "ben");

        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        Contract.Find(1)!.Spent.Count.ShouldBe(ContractLimits.MaxSignatures);
    }

    [Fact]
    public void GivenASignature_WhenCommitted_ThenItsIdIsTakenForTheWholeProject()
    {
        Draft(Document);
        Publish(1, "ann");

        var claim = Signing(1, "ben").Claims.ShouldHaveSingleItem();

        claim.Change.Kind.ShouldBe("contract_signature");
        claim.WhenTaken!.Code.ShouldBe("signature_replayed");
    }

    [Fact]
    public void GivenAPublishedVersion_WhenAnotherDocumentIsSigned_ThenMismatch()
    {
        Draft(Document);
        Publish(1, "ann");

        RefusalOf(ContractDecider.Sign(Contract, Tool, new SignContract(1, new string('0', 64), SignatureId()), Ring, "ben", Now)).Code.ShouldBe("signature_mismatch");
    }

    [Theory]
    [InlineData(24 * 60 - 1, ContractStatus.Active)]
    [InlineData(24 * 60, ContractStatus.Published)]
    public void GivenOneSignature_WhenTheSecondComesLater_ThenItCompletesWithinADayOnly(int minutes, ContractStatus status)
    {
        Draft(Document);
        Publish(1, "ann");
        Sign(1, "ben");
        Now += TimeSpan.FromMinutes(minutes);

        Sign(1, "cho");

        Contract.Find(1)!.Status.ShouldBe(status);
        if (status is ContractStatus.Active)
            return;

        // Whose signature lapsed may sign anew.
        Sign(1, "ben");
        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        Contract.Find(1)!.Signatures.Select(static signature => signature.Signer).ShouldBe(["cho", "ben"]);
    }

    [Theory]
    [InlineData(ContractStatus.None, "contract_version_not_found")]
    [InlineData(ContractStatus.Draft, "illegal_transition")]
    [InlineData(ContractStatus.Active, "illegal_transition")]
    [InlineData(ContractStatus.Deprecated, "illegal_transition")]
    public void GivenAVersionThatWaitsForNoSignature_WhenSigned_ThenRefused(ContractStatus status, string code)
    {
        if (status is ContractStatus.Draft)
            Draft(Document);
        if (status is ContractStatus.Active or ContractStatus.Deprecated)
            Activate(Document);
        if (status is ContractStatus.Deprecated)
            Apply(ContractDecider.Deprecate(Contract, new DeprecateContract(1, "Old."), "ann"));

        RefusalOf(Signing(1, "dee")).Code.ShouldBe(code);
    }

    /// <summary>An admin who makes keys under other names is still one person.</summary>
    [Theory]
    [InlineData("zoe", "ann", "")]
    [InlineData("ben,zoe", "", "")]
    [InlineData("zoe", "", "ben")]
    [InlineData("zoe", "", "yan,ben")]
    [InlineData("zoe", "", "zoe")]
    [InlineData("zoe", "yan", "yan")]
    [InlineData("local-admin,platform", "local-admin,platform", "ann,local-admin,platform")]
    public void GivenKeysThatCameFromOneAnother_WhenSigned_ThenTheyDoNotCountAsSeveralPeople(string annsIssuers, string bensIssuers, string chosIssuers)
    {
        Draft(Document);
        Publish(1, "ann", annsIssuers);
        var first = Signing(1, "ben", issuers: bensIssuers);
        if (first.Refusal is null)
            Sign(1, "ben", bensIssuers);

        var refusal = first.Refusal ?? RefusalOf(Signing(1, "cho", issuers: chosIssuers));

        (refusal.Code, refusal.Kind).ShouldBe(("signer_not_independent", RefusalKind.Forbidden));
        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Published);
    }

    [Fact]
    public void GivenKeysOfTheFirstOperator_WhenSigned_ThenTheyCountAndVerify()
    {
        const string First = "local-admin,platform";
        Draft(Document);
        Publish(1, "ann", First);
        Sign(1, "ben", First);
        Sign(1, "cho", First);

        Contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        FaultOf(1).ShouldBeNull();
    }

    /// <summary>By one person, each time when the signature before no longer counts.</summary>
    private void SignInVain(int number, int times)
    {
        for (var time = 0; time < times; time++)
        {
            Now += ContractLimits.SignatureLifetime;
            Sign(number, "cho").ShouldHaveSingleItem();
        }
    }
}
