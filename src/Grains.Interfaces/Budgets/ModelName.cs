using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace AwoooP.Budgets;

/// <summary>What a model can be called: by the contracts that ask it, the price table, and the accounts that pay for it.</summary>
public static class ModelName
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Beside letters and digits. The dash stands last, where a pattern takes it for itself.</summary>
    private const string Signs = "._:/@+-";

    /// <summary>For a person to read.</summary>
    public static string Rule { get; } = $"1 to {MaxLength} letters, digits, and {string.Join(' ', Signs.AsEnumerable())}";

    /// <summary>For a JSON Schema: that of agents' contracts holds it.</summary>
    public static string Pattern { get; } = $"^[A-Za-z0-9{Signs}]{{1,{MaxLength}}}$";

    /// <summary>One byte each in JSON, since the state of an account that is full must fit into the journal.</summary>
    public static SearchValues<char> Characters { get; } = SearchValues.Create($"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789{Signs}");

    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: >= 1 and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(Characters);
}
