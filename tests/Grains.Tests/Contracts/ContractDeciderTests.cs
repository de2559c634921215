using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Drafting, publishing, signing and what each refuses, on the pure core.</summary>
public sealed class ContractDeciderTests
{
    private const string Project = "shop";
    private static readonly ContractId Tool = new(ContractKind.Tool, "restart");
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Document = ContractFixtures.Valid(ContractKind.Tool);
    private static readonly string OtherDocument = ContractFixtures.Valid(ContractKind.Tool, "smallest");

    private readonly SigningKeys _keys = new(SigningKeys.Key("k2"), SigningKeys.Key("k1"));
    private Contract _contract = Contract.Initial;
    private DateTimeOffset _now = Start;
    private int _signatures;

    [Fact]
    public void GivenNothing_WhenDraftedPublishedAndSignedTwice_ThenItIsInForce()
    {
        Draft(Document).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(1);
        Publish(1, "ann").ShouldBeOfType<ContractPublished>().Seal.KeyId.ShouldBe("k2");
        Sign(1, "ben").Single().ShouldBeOfType<ContractSigned>();
        _contract.Find(1)!.Status.ShouldBe(ContractStatus.Published);

        Sign(1, "cho").Select(static raised => raised.GetType()).ShouldBe([typeof(ContractSigned), typeof(ContractActivated)]);

        _contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        _contract.Find(1)!.Signatures.Select(static signature => signature.Signer).ShouldBe(["ben", "cho"]);
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
        _contract.Versions.Select(static held => held.Status).ShouldBe([ContractStatus.Deprecated, ContractStatus.Active]);
        FaultOf(1).ShouldBeNull();
    }

    [Fact]
    public void GivenADraft_WhenDraftedAgain_ThenItIsRevisedAndTheSameTextChangesNothing()
    {
        Draft(Document);

        Draft(OtherDocument).ShouldBeOfType<ContractDraftRevised>().Number.ShouldBe(1);
        // Other white space and order: the same document.
        ContractDecider.Draft(_contract, new DraftContract("\n" + OtherDocument), "ann").Events.ShouldBeEmpty();
        _contract.Versions.ShouldHaveSingleItem().Document.ShouldNotContain("\n");
    }

    [Fact]
    public void GivenAPublishedVersion_WhenDrafted_ThenItIsANewVersionAndTheOldOneStays()
    {
        Draft(Document);
        Publish(1, "ann");
        var before = _contract.Find(1)!.Document;

        Draft(OtherDocument).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(2);

        _contract.Find(1)!.Document.ShouldBe(before);
        RefusalOf(Publishing(1)).Code.ShouldBe("illegal_transition");
    }

    [Fact]
    public void GivenADraftWithAnUnknownField_WhenPublished_ThenRefusedWithItsPathAndNothingChanges()
    {
        Draft("""{"surprise":1}""");

        var refusal = RefusalOf(Publishing(1));

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.InvalidFields.Select(static fault => (fault.Code, fault.Field)).ShouldContain(("unknown_field", "$.surprise"));
        refusal.InvalidFields.Select(static fault => (fault.Code, fault.Field)).ShouldContain(("missing_field", "$.provider"));
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
        _now += TimeSpan.FromDays(2);
        Sign(1, "cho");
        RefusalOf(Signing(1, "ben", used)).Code.ShouldBe("signature_replayed");
        Draft(OtherDocument);
        Publish(2, "ann");
        RefusalOf(Signing(2, "ben", used)).Code.ShouldBe("signature_replayed");
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

        RefusalOf(ContractDecider.Sign(_contract, Tool, new SignContract(1, new string('0', 64), SignatureId()), Ring, "ben", _now)).Code.ShouldBe("signature_mismatch");
    }

    [Theory]
    [InlineData(24 * 60 - 1, ContractStatus.Active)]
    [InlineData(24 * 60, ContractStatus.Published)]
    public void GivenOneSignature_WhenTheSecondComesLater_ThenItCompletesWithinADayOnly(int minutes, ContractStatus status)
    {
        Draft(Document);
        Publish(1, "ann");
        Sign(1, "ben");
        _now += TimeSpan.FromMinutes(minutes);

        Sign(1, "cho");

        _contract.Find(1)!.Status.ShouldBe(status);
        if (status is ContractStatus.Active)
            return;

        // Whose signature lapsed may sign anew.
        Sign(1, "ben");
        _contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        _contract.Find(1)!.Signatures.Select(static signature => signature.Signer).ShouldBe(["cho", "ben"]);
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
            Apply(ContractDecider.Deprecate(_contract, new DeprecateContract(1, "Old."), "ann"));

        RefusalOf(Signing(1, "dee")).Code.ShouldBe(code);
    }

    [Fact]
    public void GivenAnActiveVersion_WhenRetired_ThenItMustBeDeprecatedFirst()
    {
        Activate(Document);

        var refusal = RefusalOf(ContractDecider.Retire(_contract, new RetireContract(1, null), "ann"));
        refusal.Code.ShouldBe("illegal_transition");
        refusal.Legal.ShouldBe(["deprecate"]);

        Apply(ContractDecider.Deprecate(_contract, new DeprecateContract(1, "Old."), "ann"));
        Apply(ContractDecider.Retire(_contract, new RetireContract(1, null), "ann"));
        _contract.Versions.ShouldBeEmpty();
        _contract.IsEnded.ShouldBeTrue();
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

        RefusalOf(ContractDecider.Draft(_contract, new DraftContract(Document), "ann")).Code.ShouldBe("too_many_versions");
        Apply(ContractDecider.Retire(_contract, new RetireContract(2, null), "ann"));
        Draft(Document).ShouldBeOfType<ContractDrafted>().Number.ShouldBe(ContractLimits.MaxHeldVersions + 1);
    }

    [Fact]
    public void GivenARotation_WhenTheOldKeyStillVerifies_ThenBothVersionsCanBeUsedUntilItIsTakenOut()
    {
        _keys.Keys = [SigningKeys.Key("k1")];
        Draft(Document);
        Publish(1, "ann");
        _keys.Keys = [SigningKeys.Key("k2"), SigningKeys.Key("k1")];

        Sign(1, "ben").OfType<ContractSigned>().Single().Signature.KeyId.ShouldBe("k2");
        FaultOf(1).ShouldBeNull();

        _keys.Keys = [SigningKeys.Key("k2")];
        FaultOf(1).ShouldBe("contract_key_unknown");
        RefusalOf(Signing(1, "cho")).Code.ShouldBe("contract_key_unknown");
    }

    [Fact]
    public void GivenKeysOfProjects_WhenPublished_ThenTheProjectsOwnIsTaken()
    {
        _keys.Keys = [SigningKeys.Key("bank-key", "bank"), SigningKeys.Key("shop-key", "shop")];
        Draft(Document);

        Publish(1, "ann").ShouldBeOfType<ContractPublished>().Seal.KeyId.ShouldBe("shop-key");

        _keys.Keys = [SigningKeys.Key("shop-key", "bank")];
        FaultOf(1).ShouldBe("contract_key_of_another_project");
        RefusalOf(Signing(1, "ben")).Code.ShouldBe("contract_key_of_another_project");
    }

    [Fact]
    public void GivenNoKey_WhenPublished_ThenRefused()
    {
        Draft(Document);

        _keys.Keys = [SigningKeys.Key("bank-key", "bank")];
        RefusalOf(Publishing(1)).Code.ShouldBe("contract_key_missing");
        _keys.Keys = [new SigningKey("k1", [], null), SigningKeys.Key("k0")];
        RefusalOf(Publishing(1)).Code.ShouldBe("contract_key_unavailable");
    }

    [Fact]
    public void GivenADraftThatWasChangedAfterItWasRead_WhenPublished_ThenRefused()
    {
        Draft(Document);
        var read = _contract.Find(1)!.Sha256;
        Draft(OtherDocument);

        var refusal = RefusalOf(ContractDecider.Publish(_contract, Tool, new PublishContract(1, read), Ring, "ann"));

        (refusal.Code, refusal.Kind).ShouldBe(("document_changed", RefusalKind.Conflict));
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
        _contract.Find(1)!.Status.ShouldBe(ContractStatus.Published);
    }

    [Fact]
    public void GivenKeysOfTheFirstOperator_WhenSigned_ThenTheyCountAndVerify()
    {
        const string First = "local-admin,platform";
        Draft(Document);
        Publish(1, "ann", First);
        Sign(1, "ben", First);
        Sign(1, "cho", First);

        _contract.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        FaultOf(1).ShouldBeNull();
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
        var held = _contract.Find(1)!;
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
        var early = _contract.Find(1)!.Signatures.Single();
        _now += ContractLimits.SignatureLifetime;
        Sign(1, "cho");
        var held = _contract.Find(1)!;

        var brought = held with { Status = ContractStatus.Active, Signatures = [early, .. held.Signatures] };

        ContractVerification.FaultOf(Tool, brought, Ring).ShouldBe("contract_signature_invalid");
    }

    /// <summary>A version that was moved as it is, with all that it bears.</summary>
    [Fact]
    public void GivenAnActiveVersion_WhenItStandsElsewhere_ThenItDoesNotVerify()
    {
        Activate(Document);
        var held = _contract.Find(1)!;

        ContractVerification.FaultOf(Tool with { Name = "delete" }, held, Ring).ShouldBe("contract_signature_invalid");
        ContractVerification.FaultOf(Tool with { Kind = ContractKind.Agent }, held, Ring).ShouldBe("contract_signature_invalid");
        ContractVerification.FaultOf(Tool, held, _keys.Of("bank")).ShouldBe("contract_signature_invalid");
    }

    private ContractKeyRing Ring => _keys.Of(Project);

    private void Activate(string document)
    {
        Draft(document);
        Publish(1, "ann");
        Sign(1, "ben");
        Sign(1, "cho");
    }

    private ContractEvent Draft(string document) => Apply(ContractDecider.Draft(_contract, new DraftContract(document), "ann")).ShouldHaveSingleItem();

    private ContractEvent Publish(int number, string by, string? issuers = null) => Apply(Publishing(number, by, issuers)).ShouldHaveSingleItem();

    private Decision<ContractEvent> Publishing(int number, string by = "ann", string? issuers = null) => ContractDecider.Publish(
        _contract, Tool, new PublishContract(number, _contract.Find(number)?.Sha256 ?? "", issuers?.Split(',', StringSplitOptions.RemoveEmptyEntries)), Ring, by);

    private IReadOnlyList<ContractEvent> Sign(int number, string signer, string? issuers = null)
    {
        _now += TimeSpan.FromSeconds(1);
        return Apply(Signing(number, signer, issuers: issuers));
    }

    private Decision<ContractEvent> Signing(int number, string signer, Guid? signatureId = null, string? issuers = null) => ContractDecider.Sign(
        _contract, Tool, new SignContract(number, _contract.Find(number)?.Sha256 ?? "", signatureId ?? SignatureId(), issuers?.Split(',', StringSplitOptions.RemoveEmptyEntries)), Ring, signer, _now);

    private Guid SignatureId() => new(++_signatures, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private string? FaultOf(int number) => ContractVerification.FaultOf(Tool, _contract.Find(number)!, Ring);

    private IReadOnlyList<ContractEvent> Apply(Decision<ContractEvent> decision)
    {
        decision.Refusal.ShouldBeNull();
        foreach (var raised in decision.Events)
            _contract = _contract.Apply(raised, _now);
        return decision.Events;
    }

    private static Refusal RefusalOf(Decision<ContractEvent> decision)
    {
        decision.Events.ShouldBeEmpty();
        return decision.Refusal.ShouldNotBeNull();
    }
}
