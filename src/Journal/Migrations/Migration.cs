using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Journal.Migrations;

/// <summary>One numbered change of the schema and its way back.</summary>
public sealed record Migration(int Number, string Name, string Up, string Down)
{
    /// <summary>First line of a script that cannot run in a transaction (concurrent indexes). Each of its statements must bear repetition.</summary>
    private const string NoTransaction = "-- awooop: no transaction";

    /// <summary>SHA-256 of the way up, lower-case hex: an applied migration must never change.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Up)));

    internal static bool IsTransactional(string script) => !script.StartsWith(NoTransaction, StringComparison.Ordinal);

    public override string ToString() => $"{Number:0000}_{Name}";
}
