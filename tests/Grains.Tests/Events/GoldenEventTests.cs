using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;

namespace AwoooP.Grains.Tests.Events;

/// <summary>
/// What is in the log stays readable. A file in Golden holds an event of one type and version as the journal stores it; that of a version which is
/// written no more stays, and is read through the upcasts. With AWOOOP_REWRITE=1 the files of the versions now written are made anew: look at the
/// difference, since a changed file of an unchanged version means that what was written before is no longer what this build writes.
/// </summary>
public sealed class GoldenEventTests
{
    static GoldenEventTests()
    {
        if (Environment.GetEnvironmentVariable("AWOOOP_REWRITE") != "1")
            return;

        foreach (var type in EventCatalog.Default.All)
            File.WriteAllText(PathOf(type, type.Version), Encode(type) + "\n");
    }

    public static TheoryData<string> Names => [.. EventCatalog.Default.All.Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_AsItIsWrittenNow_IsTheGoldenText(string name)
    {
        var type = TypeOf(name);

        Encode(type).ShouldBe(Golden(type, type.Version));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_FromTheGoldenText_IsTheSample(string name)
    {
        var type = TypeOf(name);

        var read = type.Decode(type.Version, Encoding.UTF8.GetBytes(Golden(type, type.Version)));

        read.ShouldBeAlike(SampleOf(type));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GoldenText_NamesEveryProperty(string name)
    {
        var type = TypeOf(name);
        using var json = JsonDocument.Parse(Golden(type, type.Version));

        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(
            type.ClrType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
            ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVersion_EverWritten_IsRead(string name)
    {
        var type = TypeOf(name);
        for (var version = 1; version <= type.Version; version++)
            type.Decode(version, Encoding.UTF8.GetBytes(Golden(type, version))).ShouldBeOfType(type.ClrType);
    }

    [Fact]
    public void GoldenFiles_AreOfKnownVersionsOnly() =>
        Directory.EnumerateFiles(Folder()).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            EventCatalog.Default.All
                .SelectMany(type => Enumerable.Range(1, type.Version).Select(version => Path.GetFileName(PathOf(type, version))))
                .Order(StringComparer.Ordinal));

    private static EventType TypeOf(string name) => EventCatalog.Default.All.Single(type => type.Name == name);

    private static string Encode(EventType type) => Encoding.UTF8.GetString(type.Encode(SampleOf(type)).Span);

    private static object SampleOf(EventType type) =>
        EventSamples.All.SingleOrDefault(sample => sample.GetType() == type.ClrType)
            ?? throw new InvalidOperationException($"{type.Name} has no sample in {nameof(EventSamples)}.");

    private static string Golden(EventType type, int version) => File.ReadAllText(PathOf(type, version)).TrimEnd('\n');

    private static string PathOf(EventType type, int version) => Path.Combine(Folder(), $"{type.Name}.v{version}.json");

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "Golden");
}
