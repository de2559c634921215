using System.Runtime.CompilerServices;
using System.Text.Json;
using AwoooP.Contracts;
using AwoooP.Events;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>The golden documents of each kind: <c>{kind}.valid.{name}.json</c> with the hash of its canonical form, <c>{kind}.invalid.{name}.json</c> with its faults.</summary>
internal static class ContractFixtures
{
    public static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder(), pattern).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static JsonElement Read(string name) => JsonElement.Parse(File.ReadAllText(Path.Combine(Folder(), name)));

    /// <summary>A document that can be published.</summary>
    public static string Valid(ContractKind kind, string name = "full") => Read($"{Literal.Of(kind)}.valid.{name}.json").GetProperty("document").GetRawText();

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Fixtures");
}
