using System.Xml.Linq;

namespace AwoooP.Architecture.Tests;

/// <summary>The arrows between the projects, as docs/architecture.md draws them. Nothing points back.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Runtime.Abstractions"] = [],
        ["Runtime.Generators"] = [],
        ["Journal"] = [],
        ["Grains.Interfaces"] = ["Runtime.Abstractions", "Runtime.Generators"],
        ["Grains"] = ["Grains.Interfaces", "Journal", "Runtime.Generators"],
        ["Records"] = ["Grains.Interfaces", "Journal"],
        ["Integrations"] = ["Grains"],
        ["Runtime"] = ["Runtime.Abstractions", "Journal"],
        ["Runtime.Orleans"] = ["Runtime.Abstractions", "Journal"],
        ["Client"] = ["Grains.Interfaces", "Records"],
        ["Silo"] = ["Grains", "Records", "Integrations", "Runtime", "Runtime.Orleans", "Client"],
    };

    [Fact]
    public void Projects_InSrc_AreThoseOfTheArchitecture() =>
        SourceProjects().Select(Name).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Fact]
    public void ProjectReferences_InSrc_FollowTheArrows()
    {
        foreach (var project in SourceProjects())
        {
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

            references.Except(Allowed[Name(project)]).ShouldBeEmpty($"{Name(project)} must not reference these");
        }
    }

    [Fact]
    public void OrleansPackages_ByDefault_AreNotReferenced()
    {
        foreach (var project in SourceProjects())
        {
            var unconditional = XDocument.Load(project).Descendants("PackageReference")
                .Where(reference => ((string?)reference.Attribute("Include"))?.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) == true)
                .Where(reference => !reference.AncestorsAndSelf().Any(element => ((string?)element.Attribute("Condition"))?.Contains("Orleans", StringComparison.Ordinal) == true));

            unconditional.ShouldBeEmpty($"{Name(project)} would restore Orleans in the default build");
        }
    }

    private static IEnumerable<string> SourceProjects() => Repository.Files("src", "*.csproj");

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);
}
