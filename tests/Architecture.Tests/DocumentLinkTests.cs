using System.Text.RegularExpressions;

namespace AwoooP.Architecture.Tests;

/// <summary>The relative links of README.md and docs. Who moves a file or renames a heading sees here which links it had.</summary>
public sealed partial class DocumentLinkTests
{
    [Fact]
    public void Links_InDocuments_LeadToFilesAndHeadings()
    {
        string[] documents = [Path.Combine(Repository.Root, "README.md"), .. Repository.Files("docs", "*.md")];
        var links = documents.SelectMany(static document => TargetsOf(document).Select(target => (Document: document, Target: target))).ToList();
        string[] dead =
        [
            .. links.Where(static link => !Resolves(link.Document, link.Target))
                .Select(static link => $"{Path.GetRelativePath(Repository.Root, link.Document)}: {link.Target}"),
        ];

        links.Any(static link => link.Target.Contains('#')).ShouldBeTrue("no link with an anchor was found at all");
        dead.ShouldBeEmpty("these links lead nowhere");
    }

    [Theory]
    [InlineData("Start, stop, look", "start-stop-look")]
    [InlineData("Send `SIGTERM` to silo-2", "send-sigterm-to-silo-2")]
    [InlineData("0004 Orleans' engine_mismatch", "0004-orleans-engine_mismatch")]
    public void Anchor_OfAHeading_IsThatOfTheSitesThatShowIt(string heading, string anchor) => AnchorOf(heading).ShouldBe(anchor);

    private static IEnumerable<string> TargetsOf(string document) =>
        Link().Matches(TextOf(document)).Select(static match => match.Groups["target"].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal));

    private static bool Resolves(string document, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? document : Path.GetFullPath(parts[0], Path.GetDirectoryName(document)!);
        return parts.Length == 1 ? Path.Exists(path) : File.Exists(path) && AnchorsOf(path).Contains(parts[1]);
    }

    private static IEnumerable<string> AnchorsOf(string document) =>
        Heading().Matches(TextOf(document)).Select(static match => AnchorOf(match.Groups["text"].Value));

    private static string AnchorOf(string heading) => NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    // A # in a block of commands is a comment, and no heading.
    private static string TextOf(string document) => Fence().Replace(File.ReadAllText(document), "");

    [GeneratedRegex("(?ms)^```.*?^```$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex("(?m)^#{1,6} (?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
