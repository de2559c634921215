using System.Globalization;
using AwoooP.Wording;

namespace AwoooP.Contracts;

/// <summary>What people are told of a contract, before it is in a language.</summary>
public static class ContractText
{
    /// <param name="contractId"><c>{kind}/{name}</c></param>
    public static Phrase Title(string contractId, ContractFoundUnusable found) => Phrase.Of(
        "contract_unusable", ("contract", contractId), ("version", found.Number.ToString(CultureInfo.InvariantCulture)));

    public static Phrase Why(ContractFoundUnusable found) => Phrase.Of("reason", ("reason", found.ErrorCode));
}
