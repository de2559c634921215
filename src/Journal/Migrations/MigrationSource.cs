using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace AwoooP.Journal.Migrations;

/// <summary>The migrations that one assembly carries: embedded files <c>NNNN_name.up.sql</c> and <c>NNNN_name.down.sql</c>.</summary>
public sealed partial class MigrationSource
{
    /// <param name="assembly">Every embedded file of it that is named so is taken, whatever its folder.</param>
    public MigrationSource(Assembly assembly) => Migrations = Load(assembly);

    /// <summary>The journal's own, numbered 0001 to 0099.</summary>
    public static MigrationSource Journal { get; } = new(typeof(MigrationSource).Assembly);

    public IReadOnlyList<Migration> Migrations { get; }

    private static List<Migration> Load(Assembly assembly)
    {
        var scripts = assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Match: ScriptName().Match(name)))
            .Where(script => script.Match.Success)
            .ToLookup(script => (
                Number: int.Parse(script.Match.Groups["number"].Value, CultureInfo.InvariantCulture),
                Name: script.Match.Groups["name"].Value));

        return [.. scripts.Select(pair => new Migration(
            pair.Key.Number,
            pair.Key.Name,
            Read(assembly, pair.SingleOrDefault(script => script.Match.Groups["way"].Value == "up").Resource, pair.Key.Name),
            Read(assembly, pair.SingleOrDefault(script => script.Match.Groups["way"].Value == "down").Resource, pair.Key.Name)))];
    }

    private static string Read(Assembly assembly, string? resource, string name)
    {
        if (resource is null)
            throw new MigrationException($"Migration {name} of {assembly.GetName().Name} has no way up or no way down.");

        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // One checksum whatever the line ends of the checkout it was built from.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"(^|\.)(?<number>\d{4})_(?<name>[a-z0-9_]+)\.(?<way>up|down)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex ScriptName();
}
