using AwoooP.Contracts;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event makes of the row of its contract.</summary>
internal static class ContractFold
{
    public static bool Begins(DecodedEvent next) => next.Data is ContractDrafted { Number: 1 };

    public static ContractRecord Apply(ContractRecord? row, DecodedEvent next)
    {
        var before = (row ?? new ContractRecord { Key = next.Key, CreatedBy = ((ContractDrafted)next.Data).By, CreatedAt = next.At, UpdatedAt = next.At })
            with { UpdatedAt = next.At };
        return next.Data switch
        {
            ContractDrafted drafted => before with { LastVersion = drafted.Number, DraftVersion = drafted.Number },
            ContractDraftRevised or ContractSigned or ContractFoundUnusable => before,
            ContractPublished => before with { DraftVersion = null },
            ContractActivated activated => before with { ActiveVersion = activated.Number },
            ContractDeprecated deprecated => before with { ActiveVersion = Without(before.ActiveVersion, deprecated.Number) },
            ContractRetired retired => before with { DraftVersion = Without(before.DraftVersion, retired.Number) },
            _ => throw next.Unknown(),
        };
    }

    private static int? Without(int? version, int number) => version == number ? null : version;
}
