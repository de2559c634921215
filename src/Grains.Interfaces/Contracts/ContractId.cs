using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using AwoooP.Events;

namespace AwoooP.Contracts;

/// <summary>Which contract of a project: written <c>{kind}/{name}</c>, e.g. <c>tool/restart_service</c>.</summary>
public sealed partial record ContractId(ContractKind Kind, string Name)
{
    /// <summary>What names are held to.</summary>
    public const string NamePattern = "^[a-z0-9][a-z0-9._-]{0,63}\\z";

    public override string ToString() => $"{Literal.Of(Kind)}/{Name}";

    /// <param name="text">The name: 1 to 64 characters, lower-case letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, the first a letter or a digit.</param>
    /// <param name="id">The contract, when both parts can be one.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContractId? id)
    {
        id = null;
        if (text.Split('/') is not [var kind, var name] || !IsName(name))
            return false;

        foreach (var known in Enum.GetValues<ContractKind>())
        {
            if (known is not ContractKind.None && Literal.Of(known) == kind)
                id = new ContractId(known, name);
        }

        return id is not null;
    }

    /// <exception cref="FormatException">The text is none that <see cref="ToString"/> has made.</exception>
    public static ContractId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not the id of a contract.");

    /// <summary>Whether a contract can have this name.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name is not null && NameShape().IsMatch(name);

    [GeneratedRegex(NamePattern)]
    private static partial Regex NameShape();
}
