using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>Reads labels of the intake log in few bytes: millions of alerts say the same few thousand texts.</summary>
internal sealed class LabelSetConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private static readonly Utf8Pool<string> Texts = new();

    [ThreadStatic]
    private static List<KeyValuePair<string, string>>? t_pairs;

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Labels are an object of texts.");

        var pairs = t_pairs ??= [];
        pairs.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref reader);
            reader.Read();
            pairs.Add(new KeyValuePair<string, string>(name, reader.TokenType == JsonTokenType.String ? ReadText(ref reader) : throw new JsonException("A label is a text.")));
        }

        return new LabelSet([.. pairs]);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value)
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            return reader.GetString()!;
        if (Texts.TryGet(reader.ValueSpan, out var known))
            return known;

        var text = reader.GetString()!;
        Texts.Add(reader.ValueSpan, text);
        return text;
    }
}
