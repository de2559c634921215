using AwoooP.Contracts;
using AwoooP.Grains.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using ContractMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Contracts.Contract, AwoooP.Contracts.ContractEvent>;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Random histories of drafts, publications and signatures.</summary>
public sealed class ContractHistoryTests
{
    private static readonly ContractId Tool = new(ContractKind.Tool, "restart");
    private static readonly ContractKeyRing Keys = new SigningKeys(SigningKeys.Key("k1")).Of("shop");
    private static readonly string[] Documents = [ContractFixtures.Valid(ContractKind.Tool), ContractFixtures.Valid(ContractKind.Tool, "smallest"), """{"surprise":1}"""];

    private static readonly Gen<string> People = Gen.Elements("ann", "ben", "cho");

    /// <summary>How many versions before the last.</summary>
    private static readonly Gen<int> Ages = Gen.Choose(0, 2);

    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHold()
    {
        var visited = new HashSet<ContractStatus>();
        var replaced = 0;
        var lapsed = 0;
        Histories.Hold(Draft, Moves, history =>
        {
            visited.UnionWith(history.State.Versions.Select(static held => held.Status));
            replaced += history.Decision.Events.Any(static raised => raised is ContractDeprecated { ReplacedBy: not null }) ? 1 : 0;
            lapsed += history.Decision.Events is [ContractSigned signed] && history.Before.Find(signed.Number)!.Signatures.Count > 0 ? 1 : 0;
            Check(history);
        });

        visited.ShouldBe([ContractStatus.Draft, ContractStatus.Published, ContractStatus.Active, ContractStatus.Deprecated], ignoreOrder: true);
        replaced.ShouldBeGreaterThan(0);
        lapsed.ShouldBeGreaterThan(0);
    }

    private static void Check(History<Contract, ContractEvent> history)
    {
        var contract = history.State;
        contract.Versions.Count.ShouldBeLessThanOrEqualTo(ContractLimits.MaxHeldVersions);
        contract.Versions.Count(static held => held.Status is ContractStatus.Active).ShouldBeLessThanOrEqualTo(1);
        contract.Versions.Count(static held => held.Status is ContractStatus.Draft).ShouldBeLessThanOrEqualTo(1);
        contract.Versions.Select(static held => held.Number).ShouldBeInOrder();
        contract.LastNumber.ShouldBe(history.Events.Count(static raised => raised is ContractDrafted));

        foreach (var held in contract.Versions)
        {
            ContractVerification.FaultOf(Tool, held, Keys).ShouldBeNull();
            held.Signatures.Select(static signature => signature.Signer).ShouldBeUnique();
            held.Signatures.ShouldAllBe(signature => signature.Signer != held.Seal!.By);
            held.Spent.Count.ShouldBeLessThanOrEqualTo(ContractLimits.MaxSignatures);
            held.Signatures.ShouldAllBe(signature => held.Spent.Contains(signature.SignatureId));
            if (history.Events.OfType<ContractPublished>().SingleOrDefault(published => published.Number == held.Number) is { } sealedOnce)
                held.Sha256.ShouldBe(sealedOnce.Sha256);
            if (held.Status is not (ContractStatus.Active or ContractStatus.Deprecated))
                continue;
            held.Signatures.Count.ShouldBe(2);
            (held.Signatures[1].SignedAt - held.Signatures[0].SignedAt).ShouldBeLessThan(TimeSpan.FromDays(1));
        }

        // Never twice in a version's life, nor in two versions that live together.
        history.Events.OfType<ContractSigned>().Select(static signed => (signed.Number, signed.Signature.SignatureId)).ShouldBeUnique();
        contract.Versions.SelectMany(static held => held.Spent).ShouldBeUnique();
    }

    private static Gen<ContractMove> Draft => Gen.Elements(Documents).Zip(People).Move<Contract, ContractEvent, (string Document, string By)>(
        static (contract, draft, _) => ContractDecider.Draft(contract, new DraftContract(draft.Document), draft.By));

    private static Gen<ContractMove> Moves => Gen.Frequency(
        (4, Draft),
        (5, Ages.Zip(People).Move<Contract, ContractEvent, (int Age, string By)>(
            static (contract, publish, _) => ContractDecider.Publish(contract, Tool, new PublishContract(contract.LastNumber - publish.Age, contract.Find(contract.LastNumber - publish.Age)?.Sha256 ?? ""), Keys, publish.By))),
        (12, (from age in Ages
              from person in People
              from id in Gen.Choose(1, 200)
              select (Age: age, By: person, Id: id)).Move<Contract, ContractEvent, (int Age, string By, int Id)>(
            static (contract, sign, now) => ContractDecider.Sign(
                contract,
                Tool,
                new SignContract(contract.LastNumber - sign.Age, contract.Find(contract.LastNumber - sign.Age)?.Sha256 ?? "", new Guid(sign.Id, 0, 0, new byte[8])),
                Keys,
                sign.By,
                now),
            0, 1, 600, 1500)),
        (1, Ages.Move<Contract, ContractEvent, int>(static (contract, age, _) => ContractDecider.Deprecate(contract, new DeprecateContract(contract.LastNumber - age, null), "ann"))),
        (2, Ages.Move<Contract, ContractEvent, int>(static (contract, age, _) => ContractDecider.Retire(contract, new RetireContract(contract.LastNumber - age, null), "ann"))));
}
