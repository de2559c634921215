using System.Reflection;
using System.Text.RegularExpressions;

namespace AwoooP.Redaction.Tests;

/// <summary>Texts made to be expensive. What is checked is how the patterns are built and that they come to the right answer at every size, not how long it takes.</summary>
public sealed class AdversarialTests
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Units { get; } =
    [
        "token={{", "token:a;", "token='", "password=\\\"", "password: ", "a://", "a://u:", "a@", "@", "@tcp(", "eyJ", "eyJabcdefghij.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----",
        "authorization: required ", "bearer ", "basic YWJj", "sk-", "ghp_", "AKIA", "8Q~", ":AA", "a.bcdefg.", "4111 ", "4111-", "1", "1 ", "+1", "(", "09", "0", "A1", "AB 12 ", "[REDACTED:", "key", "pass", "key.", "\"key\":\"", "xoxb-", "--token ",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void Redact_UnitRepeated_AnswersAndStaysStableAtEverySize(string unit)
    {
        for (var size = 1024; size <= 64 * 1024; size *= 4)
        {
            var text = string.Concat(Enumerable.Repeat(unit, size / unit.Length));
            var redacted = Redactor.Redact(text + " password=hunter2");

            redacted.ShouldNotContain("hunter2");
            Redactor.Redact(redacted).ShouldBe(redacted);
        }
    }

    [Fact]
    public void Patterns_AllOfThem_AreLinearOrAnchoredToABoundedWindow()
    {
        var patterns = typeof(Redactor).Assembly.GetTypes().Where(type => type.Namespace == typeof(Redactor).Namespace)
            .SelectMany(type => type.GetMethods(AnyStatic))
            .Select(method => method.GetCustomAttribute<GeneratedRegexAttribute>())
            .OfType<GeneratedRegexAttribute>().ToList();

        patterns.Count.ShouldBeGreaterThan(10);
        foreach (var pattern in patterns)
        {
            var isLinear = pattern.Options.HasFlag(RegexOptions.NonBacktracking);
            var isBounded = pattern.Pattern.StartsWith('^') || pattern.Pattern.EndsWith('$');
            (isLinear || (isBounded && !pattern.Pattern.Contains('*') && !HasOpenRepetition(pattern.Pattern))).ShouldBeTrue(pattern.Pattern);
        }
    }

    private static bool HasOpenRepetition(string pattern) => pattern.Contains(",}", StringComparison.Ordinal) || pattern.Contains(")+", StringComparison.Ordinal) || pattern.Contains("]+", StringComparison.Ordinal);
}
