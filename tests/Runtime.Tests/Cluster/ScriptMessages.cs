using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Scripts cross the wire by number: both ends are of this process.</summary>
internal sealed class ScriptMessages : JsonConverter<Script>
{
    private static readonly ConcurrentDictionary<int, Script> Known = new();
    private static readonly ConcurrentDictionary<Script, Action> Stalls = new();
    private static int _last;

    public static JsonSerializerOptions Options { get; } = new() { Converters = { new ScriptMessages() }, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Whoever reads this script, which is done on a link's read loop, does that first.</summary>
    public static Script WhenRead(Action stall, Script script)
    {
        Script stalling = (stage, cancellationToken) => script(stage, cancellationToken);
        Stalls[stalling] = stall;
        return stalling;
    }

    public override Script Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var script = Known[reader.GetInt32()];
        if (Stalls.TryRemove(script, out var stall))
            stall();
        return script;
    }

    public override void Write(Utf8JsonWriter writer, Script value, JsonSerializerOptions options)
    {
        var number = Interlocked.Increment(ref _last);
        Known[number] = value;
        writer.WriteNumberValue(number);
    }
}
