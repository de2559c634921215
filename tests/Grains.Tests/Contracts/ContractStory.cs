using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>A contract of a tool on the pure core, and what people do with it.</summary>
public abstract class ContractStory
{
    private const string Project = "shop";

    private int _signatures;

    private protected static ContractId Tool { get; } = new(ContractKind.Tool, "restart");

    private protected static string Document { get; } = ContractFixtures.Valid(ContractKind.Tool);

    private protected static string OtherDocument { get; } = ContractFixtures.Valid(ContractKind.Tool, "smallest");

    private protected SigningKeys Keys { get; } = new(SigningKeys.Key("k2"), SigningKeys.Key("k1"));

    private protected Contract Contract { get; private set; } = Contract.Initial;

    private protected DateTimeOffset Now { get; set; } = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private protected ContractKeyRing Ring => Keys.Of(Project);

    private protected void Activate(string document)
    {
        Draft(document);
        Publish(1, "ann");
        Sign(1, "ben");
        Sign(1, "cho");
    }

    private protected ContractEvent Draft(string document) => Apply(ContractDecider.Draft(Contract, new DraftContract(document), "ann")).ShouldHaveSingleItem();

    private protected ContractEvent Publish(int number, string by, string? issuers = null) => Apply(Publishing(number, by, issuers)).ShouldHaveSingleItem();

    private protected Decision<ContractEvent> Publishing(int number, string by = "ann", string? issuers = null) => ContractDecider.Publish(
        Contract, Tool, new PublishContract(number, Contract.Find(number)?.Sha256 ?? "", issuers?.Split(',', StringSplitOptions.RemoveEmptyEntries)), Ring, by);

    private protected IReadOnlyList<ContractEvent> Sign(int number, string signer, string? issuers = null)
    {
        Now += TimeSpan.FromSeconds(1);
        return Apply(Signing(number, signer, issuers: issuers));
    }

    private protected Decision<ContractEvent> Signing(int number, string signer, Guid? signatureId = null, string? issuers = null) => ContractDecider.Sign(
        Contract, Tool, new SignContract(number, Contract.Find(number)?.Sha256 ?? "", signatureId ?? SignatureId(), issuers?.Split(',', StringSplitOptions.RemoveEmptyEntries)), Ring, signer, Now);

    private protected Guid SignatureId() => new(++_signatures, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private protected string? FaultOf(int number) => ContractVerification.FaultOf(Tool, Contract.Find(number)!, Ring);

    private protected IReadOnlyList<ContractEvent> Apply(Decision<ContractEvent> decision)
    {
        decision.Refusal.ShouldBeNull();
        foreach (var raised in decision.Events)
            Contract = Contract.Apply(raised, Now);
        return decision.Events;
    }

    private protected static Refusal RefusalOf(Decision<ContractEvent> decision)
    {
        decision.Events.ShouldBeEmpty();
        return decision.Refusal.ShouldNotBeNull();
    }
}
