using System.Text;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Contracts as their people and their users meet them: the grain with its keys, over a journal.</summary>
public sealed class ContractGrainTests
{
    private const string Restart = "tool/restart";
    private static readonly string Document = ContractFixtures.Valid(ContractKind.Tool);

    [Fact]
    public async Task GivenADraft_WhenPublishedAndSignedByTwo_ThenItsDocumentIsInForce()
    {
        await using var platform = new ContractPlatform();
        var contract = platform.Contract(Restart);
        (await ActiveAsync(platform, contract)).Refusal!.Code.ShouldBe("contract_not_found");

        await DraftAsync(platform, contract, Document);
        (await ActiveAsync(platform, contract)).Refusal!.Code.ShouldBe("contract_not_active");
        await PublishAsync(platform, contract, 1);
        await SignAsync(platform, contract, 1, "ben");
        var waiting = await ViewAsync(platform, contract);
        waiting.AvailableActions.ShouldBe(["sign", "retire"]);
        waiting.SignaturesNeeded.ShouldBe(2);
        await SignAsync(platform, contract, 1, "cho");

        var active = (await ActiveAsync(platform, contract)).Contract.ShouldNotBeNull();
        active.Number.ShouldBe(1);
        active.Sha256.ShouldBe(ContractFixtures.Read("tool.valid.full.json").GetProperty("sha256").GetString());
        var view = await ViewAsync(platform, contract);
        view.Status.ShouldBe(ContractStatus.Active);
        view.Unusable.ShouldBeNull();
        view.Signatures.Select(static signature => signature.Signer).ShouldBe(["ben", "cho"]);
        platform.Errors.ShouldBeEmpty();
    }

    /// <summary>Somebody with the database's password changes the snapshot that a grain is loaded from.</summary>
    [Fact]
    public async Task GivenAnActiveContract_WhenItsRowWasChanged_ThenItIsUnusableOnceLoadedAndSaysSo()
    {
        var journal = new InMemoryJournal();
        await using (var before = new ContractPlatform(journal))
            await ActivateAsync(before, before.Contract(Restart));
        journal.Rewrite(new AggregateId(AggregateTypes.Contract, $"{GrainHarness.Project}/{Restart}"), static state =>
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(state.Span).Replace("reversible", "read_only", StringComparison.Ordinal)));

        await using var platform = new ContractPlatform(journal);
        var contract = platform.Contract(Restart);

        (await ActiveAsync(platform, contract)).Contract.ShouldBeNull();
        (await ActiveAsync(platform, contract)).Refusal!.Code.ShouldBe("contract_signature_invalid");
        (await ViewAsync(platform, contract)).Unusable.ShouldBe("contract_signature_invalid");
        platform.Errors.ShouldHaveSingleItem().ShouldContain("version 1 is unusable: contract_signature_invalid");
    }

    [Fact]
    public async Task GivenAPublishedContract_WhenItsRowWasChanged_ThenItCanOnlyBeRetired()
    {
        var journal = new InMemoryJournal();
        await using (var before = new ContractPlatform(journal))
        {
            await DraftAsync(before, before.Contract(Restart), Document);
            await PublishAsync(before, before.Contract(Restart), 1);
        }

        var id = new AggregateId(AggregateTypes.Contract, $"{GrainHarness.Project}/{Restart}");
        journal.Rewrite(id, static state => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(state.Span).Replace("\"ann\"", "\"eve\"", StringComparison.Ordinal)));

        await using var platform = new ContractPlatform(journal);
        var contract = platform.Contract(Restart);
        (await ViewAsync(platform, contract)).AvailableActions.ShouldBe(["retire"]);
        (await TrySignAsync(platform, contract, 1, "ann")).Refusal!.Code.ShouldBe("contract_signature_invalid");
        (await platform.AsAsync("ann", token => contract.RetireAsync(new RetireContract(1, "Changed by somebody."), token))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task GivenASignature_WhenItsIdIsUsedForAnotherContract_ThenItIsAReplay()
    {
        await using var platform = new ContractPlatform();
        var (first, second) = (platform.Contract(Restart), platform.Contract("tool/delete"));
        foreach (var contract in (IContractGrain[])[first, second])
        {
            await DraftAsync(platform, contract, Document);
            await PublishAsync(platform, contract, 1);
        }

        var used = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        (await TrySignAsync(platform, first, 1, "ben", used)).Refusal.ShouldBeNull();
        var written = platform.Journal.Events.Count;

        (await TrySignAsync(platform, second, 1, "ben", used)).Refusal!.Code.ShouldBe("signature_replayed");
        platform.Journal.Events.Count.ShouldBe(written);
    }

    [Fact]
    public async Task GivenTheRequestOfASignature_WhenItIsRepeated_ThenItAnswersTheFirstOutcomeAndCountsOnce()
    {
        await using var platform = new ContractPlatform();
        var contract = platform.Contract(Restart);
        await DraftAsync(platform, contract, Document);
        await PublishAsync(platform, contract, 1);
        var (command, commandId) = (await SigningAsync(platform, contract, 1), new Guid(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9));

        var first = await platform.AsAsync("ben", token => contract.SignAsync(command, token), commandId);
        var second = await platform.AsAsync("ben", token => contract.SignAsync(command, token), commandId);

        second.Version.ShouldBe(first.Version);
        (await ViewAsync(platform, contract)).Signatures.ShouldHaveSingleItem().Signer.ShouldBe("ben");
    }

    [Fact]
    public async Task GivenADraftThatIsNotComplete_WhenShownOrValidated_ThenItsFaultsAreTold()
    {
        await using var platform = new ContractPlatform();
        var contract = platform.Contract(Restart);
        await DraftAsync(platform, contract, """{"schema_version":"v1"}""");

        (await ViewAsync(platform, contract)).Faults.Select(static fault => fault.Field).ShouldContain("$.provider");
        var findings = await platform.AsAsync("ann", token => contract.ValidateAsync(new DraftContract(Document), token));
        findings.Faults.ShouldBeEmpty();
        findings.Sha256.ShouldBe(ContractFixtures.Read("tool.valid.full.json").GetProperty("sha256").GetString());
        (await platform.AsAsync("ann", token => contract.ValidateAsync(new DraftContract("{"), token))).Sha256.ShouldBeNull();
    }

    [Fact]
    public async Task GivenARefusal_WhenPublished_ThenNothingIsWritten()
    {
        await using var platform = new ContractPlatform();
        var contract = platform.Contract(Restart);
        await DraftAsync(platform, contract, """{"arguments_schema":{"$ref":"https://example.com/s.json"}}""");
        var written = platform.Journal.Events.Count;

        var publish = new PublishContract(1, (await ViewAsync(platform, contract)).Sha256);
        (await platform.AsAsync("ann", token => contract.PublishAsync(publish, token))).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        platform.Keys.Keys = [];
        (await platform.AsAsync("ann", token => contract.PublishAsync(publish, token))).Refusal.ShouldNotBeNull();

        platform.Journal.Events.Count.ShouldBe(written);
    }

    private static async Task ActivateAsync(ContractPlatform platform, IContractGrain contract)
    {
        await DraftAsync(platform, contract, Document);
        await PublishAsync(platform, contract, 1);
        await SignAsync(platform, contract, 1, "ben");
        await SignAsync(platform, contract, 1, "cho");
    }

    private static Task DraftAsync(ContractPlatform platform, IContractGrain contract, string document) =>
        platform.AcceptedAsync("ann", token => contract.DraftAsync(new DraftContract(document), token));

    private static async Task PublishAsync(ContractPlatform platform, IContractGrain contract, int number)
    {
        var command = new PublishContract(number, (await ViewAsync(platform, contract)).Sha256);
        await platform.AcceptedAsync("ann", token => contract.PublishAsync(command, token));
    }

    private static async Task SignAsync(ContractPlatform platform, IContractGrain contract, int number, string signer) =>
        (await TrySignAsync(platform, contract, number, signer)).Refusal.ShouldBeNull();

    private static async Task<CommandResult> TrySignAsync(ContractPlatform platform, IContractGrain contract, int number, string signer, Guid? signatureId = null)
    {
        var command = await SigningAsync(platform, contract, number);
        return await platform.AsAsync(signer, token => contract.SignAsync(command with { SignatureId = signatureId ?? command.SignatureId }, token));
    }

    private static async Task<SignContract> SigningAsync(ContractPlatform platform, IContractGrain contract, int number)
    {
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        return new SignContract(number, (await ViewAsync(platform, contract)).Sha256, Guid.CreateVersion7(platform.Now));
    }

    private static async Task<ContractVersionView> ViewAsync(ContractPlatform platform, IContractGrain contract) =>
        (await platform.AsAsync("dee", contract.GetAsync))!.Versions.ShouldHaveSingleItem();

    private static Task<ActiveContractAnswer> ActiveAsync(ContractPlatform platform, IContractGrain contract) =>
        platform.AsAsync("agent:planner", contract.GetActiveAsync);
}
