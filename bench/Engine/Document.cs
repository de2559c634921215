using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Bench.Journal;
using AwoooP.Events;

namespace AwoooP.Bench.Engine;

internal sealed record Document : IAggregateState<Document, DocumentWritten>
{
    public const string Type = "document";

    public static string AggregateType => Type;

    public static Document Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Document> Json => DocumentJson.Default.Document;

    public string Text { get; init; } = "";

    public long Writes { get; init; }

    [JsonIgnore]
    public bool IsEnded => false;

    public Document Apply(DocumentWritten @event, DateTimeOffset at) => this with { Text = Payload.OneKilobyte, Writes = Writes + 1 };
}

public sealed record DocumentWritten(string From, string To, string Reason);

internal static class DocumentEventTypes
{
    public static IReadOnlyList<EventType> All { get; } = [new EventType<DocumentWritten>("document.written", 1, DocumentJson.Default.DocumentWritten)];
}

[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(DocumentWritten))]
internal sealed partial class DocumentJson : JsonSerializerContext;
