using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Contracts;

/// <summary>A contract as its events have made it. Its snapshot, too.</summary>
internal sealed record Contract : IAggregateState<Contract, ContractEvent>
{
    public static string AggregateType => AggregateTypes.Contract;

    public static Contract Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Contract> Json => ContractJson.Default.Contract;

    /// <summary>The number of the newest version; 0 when there was never any.</summary>
    public int LastNumber { get; init; }

    /// <summary>Those that are not retired, oldest first.</summary>
    public IReadOnlyList<HeldVersion> Versions { get; init; } = [];

    /// <summary>Ids of signatures that were given before each version kept those of its own; none is added.</summary>
    public IReadOnlyList<Guid> Spent { get; init => field = value ?? []; } = [];

    [JsonIgnore]
    public bool IsEnded => LastNumber > 0 && Versions.Count == 0;

    public HeldVersion? Find(int number) => Versions.FirstOrDefault(held => held.Number == number);

    public HeldVersion? With(ContractStatus status) => Versions.FirstOrDefault(held => held.Status == status);

    /// <summary>Whether a signature of that id was given to a version that is held, or is remembered from before.</summary>
    public bool HasSpent(Guid signatureId) => Spent.Contains(signatureId) || Versions.Any(held => held.Spent.Contains(signatureId));

    public Contract Apply(ContractEvent @event, DateTimeOffset at) => @event switch
    {
        ContractDrafted drafted => this with
        {
            LastNumber = drafted.Number,
            Versions =
            [
                .. Versions,
                new HeldVersion
                {
                    Number = drafted.Number,
                    Status = ContractStatus.Draft,
                    Document = drafted.Document,
                    Sha256 = drafted.Sha256,
                    DraftedBy = drafted.By,
                    DraftedAt = at,
                },
            ],
        },
        ContractDraftRevised revised => Change(revised.Number, held => held with
        {
            Document = revised.Document,
            Sha256 = revised.Sha256,
            DraftedBy = revised.By,
            DraftedAt = at,
        }),
        ContractPublished published => Change(published.Number, held => held with { Status = ContractStatus.Published, Seal = published.Seal, PublishedAt = at }),
        ContractSigned signed => Change(signed.Number, held => held with
        {
            Signatures = [.. held.Counting(signed.Signature.SignedAt), signed.Signature],
            Spent = [.. held.Spent, signed.Signature.SignatureId],
        }),
        ContractActivated activated => Change(activated.Number, held => held with { Status = ContractStatus.Active, ActivatedAt = at }),
        ContractDeprecated deprecated => Change(deprecated.Number, held => held with { Status = ContractStatus.Deprecated }),
        ContractFoundUnusable found => Change(found.Number, held => held with { FoundUnusable = [.. held.FoundUnusable, found.ErrorCode] }),
        ContractRetired retired => this with { Versions = [.. Versions.Where(held => held.Number != retired.Number)] },
        _ => throw new InvalidOperationException($"A contract does not know {@event.GetType().Name}."),
    };

    private Contract Change(int number, Func<HeldVersion, HeldVersion> change) =>
        this with { Versions = [.. Versions.Select(held => held.Number == number ? change(held) : held)] };
}
