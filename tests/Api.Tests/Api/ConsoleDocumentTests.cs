using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Api.Tests.Hosting;

namespace AwoooP.Api.Tests.Api;

/// <summary>
/// The console's types are generated, whenever it is built, from a document in its folder, which must be the one that the front serves.
/// Run with AWOOOP_WRITE_OPENAPI=1 to write it anew.
/// </summary>
public sealed class ConsoleDocumentTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task OpenApi_KeptByTheConsole_IsWhatIsServed()
    {
        using var client = host.Connect();
        var served = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        var path = Path.Combine(ConsoleFolder(), "openapi.json");
        if (Environment.GetEnvironmentVariable("AWOOOP_WRITE_OPENAPI") == "1")
            await WriteAsync(path, served);

        var kept = JsonNode.Parse(await File.ReadAllTextAsync(path))!;

        JsonNode.DeepEquals(Sorted(kept), Sorted(served)).ShouldBeTrue("The API has changed: run this test with AWOOOP_WRITE_OPENAPI=1.");
        kept.ToJsonString().ShouldNotContain("127.0.0.1");
    }

    private static async Task WriteAsync(string path, JsonNode document)
    {
        await using var file = File.Create(path);
        await using (var writer = new Utf8JsonWriter(file, Layout))
            Sorted(document).WriteTo(writer);
        file.WriteByte((byte)'\n');
    }

    /// <summary>Sorted by name, so that two versions differ only where they differ.</summary>
    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, member.Value is null ? null : (JsonNode?)Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(static item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };

    private static string ConsoleFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Console"));
}
