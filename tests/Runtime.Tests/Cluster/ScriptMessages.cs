using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Scripts cross the wire by number: both ends are of this process.</summary>
internal sealed class ScriptMessages : JsonConverter<Script>
{
    private static readonly ConcurrentDictionary<int, Script> Known = new();
    private static int _last;

    public static JsonSerializerOptions Options { get; } = new() { Converters = { new ScriptMessages() }, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public override Script Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Known[reader.GetInt32()];

    public override void Write(Utf8JsonWriter writer, Script value, JsonSerializerOptions options)
    {
        var number = Interlocked.Increment(ref _last);
        Known[number] = value;
        writer.WriteNumberValue(number);
    }
}
