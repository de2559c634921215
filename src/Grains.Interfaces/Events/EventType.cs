using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json;

namespace AwoooP.Events;

/// <summary>The stored name and version of an event's CLR type, and how its JSON is read and written.</summary>
public abstract class EventType(string name, int version, Type clrType)
{
    private readonly Dictionary<int, Func<JsonObject, JsonObject>> _upcasts = [];

    /// <summary>Stable: <c>{aggregate}.{past tense}</c>, e.g. <c>incident.opened</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The version that is written now.</summary>
    public int Version { get; } = version;

    public Type ClrType { get; } = clrType;

    /// <summary>Says how the JSON of <paramref name="fromVersion"/> becomes that of the next version.</summary>
    public EventType Upcast(int fromVersion, Func<JsonObject, JsonObject> upcast)
    {
        _upcasts.Add(fromVersion, upcast);
        return this;
    }

    public abstract ReadOnlyMemory<byte> Encode(object data);

    public object Decode(int version, ReadOnlySpan<byte> data)
    {
        if (version == Version)
            return Read(data);

        var json = JsonNode.Parse(data) as JsonObject ?? throw new JsonException($"{Name} is not an object.");
        for (var from = version; from < Version; from++)
        {
            json = _upcasts.TryGetValue(from, out var upcast)
                ? upcast(json)
                : throw new JsonException($"{Name} has no way from version {from} to {from + 1}.");
        }

        return version < Version
            ? Read(JsonSerializer.SerializeToUtf8Bytes(json, EventJson.Default.JsonObject))
            : throw new JsonException($"{Name} version {version} is newer than {Version}, the newest known here.");
    }

    protected abstract object Read(ReadOnlySpan<byte> data);
}

/// <inheritdoc />
public sealed class EventType<T>(string name, int version, JsonTypeInfo<T> json) : EventType(name, version, typeof(T))
    where T : class
{
    public override ReadOnlyMemory<byte> Encode(object data) => JsonBytes.Serialize((T)data, json);

    protected override object Read(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, json) ?? throw new JsonException($"{Name} is null.");
}
