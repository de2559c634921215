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
    private static readonly string[] NameTables = ["TruncateIntakeSlot.cs", "ProjectionReplay.cs", "ShadowSql.cs"];

    [Fact]
    public void Sql_InSource_IsNeverInterpolated()
    {
        foreach (var file in Repository.Files("src", "*.cs").Where(file => !NameTables.Contains(Path.GetFileName(file))))
            InterpolatedSql().IsMatch(File.ReadAllText(file)).ShouldBeFalse($"{file}: a value must not enter SQL text");
    }

    [GeneratedRegex(@"(?m)^\s*(global\s+)?using\s+(AwoooP\.Runtime|Orleans)\b")]
    private static partial Regex EngineUsing();

    [GeneratedRegex(@"(?m)^\s*#\s*(if|elif)\b.*\bENGINE")]
    private static partial Regex EngineCondition();

    // What a constant interpolates is a constant itself.
    [GeneratedRegex("""(?<!const string \w+ =\s*)\$\$?"+\s*(?i:select|insert into|update|delete from)\s""")]
    private static partial Regex InterpolatedSql();
}
