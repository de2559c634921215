using System.Text.RegularExpressions;

namespace AwoooP.Architecture.Tests;

/// <summary>Rules of the source that no analyzer holds.</summary>
public sealed partial class SourceRuleTests
{
    [Theory]
    [InlineData("src/Grains")]
    [InlineData("src/Grains.Interfaces")]
    public void Grains_InSource_NameNoEngine(string folder)
    {
        foreach (var file in Repository.Files(folder, "*.cs"))
            File.ReadAllText(file).ShouldNotMatch(EngineUsing().ToString(), $"{file}: the engine enters by the conditional Using");
    }

    [Fact]
    public void Grains_InSource_KnowNoDatabaseDriver()
    {
        foreach (var file in Repository.Files("src/Grains", "*.cs"))
            File.ReadAllText(file).ShouldNotContain("using Npgsql", Case.Sensitive, file);
    }

    [Fact]
    public void EngineSwitch_InSource_IsAFolder()
    {
        foreach (var file in Repository.Files("src", "*.cs"))
            EngineCondition().IsMatch(File.ReadAllText(file)).ShouldBeFalse($"{file}: what only one engine knows stands in a folder Engines");
    }

    /// <summary>These name tables, which cannot be parameters: by the number of a slot, and quoted from the catalogue.</summary>
    private static readonly string[] NameTables =
        ["TruncateIntakeSlot.cs", "ProjectionReplay.cs", "ShadowSql.cs", "KeptTables.cs", "DeleteTenantRows.cs", "TenantExport.cs"];

    [Fact]
    public void Sql_InSource_IsNeverInterpolated()
    {
        foreach (var file in Repository.Files("src", "*.cs").Where(file => !NameTables.Contains(Path.GetFileName(file))))
            InterpolatedSql().IsMatch(File.ReadAllText(file)).ShouldBeFalse($"{file}: a value must not enter SQL text");
    }

    /// <summary>Whoever sets what is bound and not listed there could not start.</summary>
    [Fact]
    public void SettingsFile_InSource_HasEverySectionThatIsBound()
    {
        var sources = Repository.Files("src", "*.cs").ToDictionary(static path => path, File.ReadAllText);
        var names = sources.Where(static file => SectionName().IsMatch(file.Value))
            .ToDictionary(static file => Path.GetFileNameWithoutExtension(file.Key), static file => SectionName().Match(file.Value).Groups["name"].Value);
        string[] bound =
        [
            .. sources.Values.SelectMany(static text => BoundSection().Matches(text))
                .Select(match => match.Groups["name"] is { Success: true } literal ? literal.Value : names[match.Groups["options"].Value])
                .Distinct(),
        ];
        string[] listed =
        [
            .. ListedSection().Matches(sources.Single(static file => Path.GetFileName(file.Key) == "SettingsFile.cs").Value)
                .Select(static match => match.Groups["name"].Value),
        ];

        bound.ShouldContain("Front");
        bound.ShouldContain("Webhooks");
        bound.Except(listed).ShouldBeEmpty("SettingsFile lists every section that is bound");
    }

    [GeneratedRegex(@"const string Section = ""(?<name>\w+)""")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"(?:AddSettings<\w+>|BindConfiguration|GetSection)\((?:""(?<name>\w+)""|(?<options>\w+)\.Section)\)")]
    private static partial Regex BoundSection();

    [GeneratedRegex(@"\w+ (?<name>\w+)(?=[,)])")]
    private static partial Regex ListedSection();

    [GeneratedRegex(@"(?m)^\s*(global\s+)?using\s+(AwoooP\.Runtime|Orleans)\b")]
    private static partial Regex EngineUsing();

    [GeneratedRegex(@"(?m)^\s*#\s*(if|elif)\b.*\bENGINE")]
    private static partial Regex EngineCondition();

    // What a constant interpolates is a constant itself.
    [GeneratedRegex("""(?<!const string \w+ =\s*)\$\$?"+\s*(?i:select|insert into|update|delete from)\s""")]
    private static partial Regex InterpolatedSql();
}
