using System.Globalization;
using AwoooP.Contracts;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event makes of the row of the version that it is about.</summary>
internal static class ContractVersionFold
{
    public static bool Begins(DecodedEvent next) => next.Data is ContractDrafted;

    /// <summary>A row is one version's: <c>{kind}/{name}/{version}</c>.</summary>
    public static AggregateKey KeyOf(DecodedEvent next) =>
        new(next.ProjectId, string.Create(CultureInfo.InvariantCulture, $"{next.LocalKey}/{NumberOf(next)}"));

    public static ContractVersionRecord Apply(ContractVersionRecord? row, DecodedEvent next)
    {
        var before = (row ?? new ContractVersionRecord { ProjectId = next.ProjectId, ContractId = next.LocalKey, Version = NumberOf(next) }) with { UpdatedAt = next.At };
        return next.Data switch
        {
            ContractDrafted drafted => before with
            {
                Status = ContractStatus.Draft,
                Document = drafted.Document,
                Sha256 = drafted.Sha256,
                DraftedBy = drafted.By,
                DraftedAt = next.At,
            },
            ContractDraftRevised revised => before with { Document = revised.Document, Sha256 = revised.Sha256, DraftedBy = revised.By, DraftedAt = next.At },
            ContractPublished published => before with
            {
                Status = ContractStatus.Published,
                PublishedBy = published.Seal.By,
                PublishedAt = next.At,
                KeyId = published.Seal.KeyId,
            },
            ContractSigned or ContractFoundUnusable => before,
            ContractActivated => before with { Status = ContractStatus.Active, ActivatedAt = next.At },
            ContractDeprecated deprecated => before with
            {
                Status = ContractStatus.Deprecated,
                DeprecatedAt = next.At,
                ReplacedBy = deprecated.ReplacedBy,
                Reason = deprecated.Reason,
            },
            ContractRetired retired => before with { Status = ContractStatus.Retired, RetiredAt = next.At, Reason = retired.Reason ?? before.Reason },
            _ => throw next.Unknown(),
        };
    }

    private static int NumberOf(DecodedEvent next) => next.Data switch
    {
        ContractDrafted drafted => drafted.Number,
        ContractDraftRevised revised => revised.Number,
        ContractPublished published => published.Number,
        ContractSigned signed => signed.Number,
        ContractActivated activated => activated.Number,
        ContractDeprecated deprecated => deprecated.Number,
        ContractRetired retired => retired.Number,
        ContractFoundUnusable found => found.Number,
        _ => throw next.Unknown(),
    };
}
