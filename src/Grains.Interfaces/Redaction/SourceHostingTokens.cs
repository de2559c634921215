using System.Buffers;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Tokens of source hosting and of package registries. The shapes are those that the providers publish for secret scanning.</summary>
internal sealed partial class SourceHostingTokens : IDetector
{
    /// <summary>Every shape holds one of these. Case counts.</summary>
    private static readonly SearchValues<string> Anchors = SearchValues.Create(
    [
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "ATBB",
        "ATATT3", "npm_", "pypi-AgE", "oy2", "rubygems_", "dckr_pat_", "dckr_oat_",
    ], StringComparison.Ordinal);

    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(Anchors);

    public static bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding) =>
        ProviderShape.TryFind(MayHold(text[from..]) ? Shapes() : null, text, from, out finding);

    [GeneratedRegex(
        @"\b(?:"
        + @"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}"
        + @"|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_.-]{20,}|ATBB[A-Za-z0-9]{28,}|ATATT3[A-Za-z0-9_=-]{20,}"
        + @"|npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{20,}|oy2[a-z0-9]{43}\b|rubygems_[a-f0-9]{48}|dckr_[po]at_[A-Za-z0-9_-]{20,}"
        + ")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
