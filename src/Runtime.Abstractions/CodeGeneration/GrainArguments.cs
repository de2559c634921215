using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime.CodeGeneration;

/// <summary>
/// Arguments and answers of calls as JSON. Every type must be known to the options' resolver, which for grains that are
/// reached from elsewhere is source generated: nothing here looks at a type by reflection.
/// </summary>
public static class GrainArguments
{
    /// <exception cref="NotSupportedException">The options do not know the type.</exception>
    public static void Write<T>(Utf8JsonWriter writer, JsonSerializerOptions options, T value) =>
        JsonSerializer.Serialize(writer, value, Of<T>(options));

    /// <summary>Goes to the next token and reads the value that begins there; ends on the value's last token.</summary>
    /// <exception cref="JsonException">There is no further value, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The options do not know the type.</exception>
    public static T Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Read() || reader.TokenType is JsonTokenType.EndArray)
            throw new JsonException("The call has fewer arguments than its method.");
        // By its converter, as a member of another value is read: the serializer would first read over the value to find its end.
        var converter = (JsonConverter<T>)Of<T>(options).Converter;
        if (reader.TokenType is JsonTokenType.Null && !converter.HandleNull && default(T) is null)
            return default!;
        try
        {
            return converter.Read(ref reader, typeof(T), options)!;
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            // What the serializer itself would tell as a JsonException.
            throw new JsonException($"An argument cannot be read as {typeof(T).Name}.", fault);
        }
    }

    /// <summary>Writes the arguments of a call as one array.</summary>
    public static void WriteAll(Utf8JsonWriter writer, JsonSerializerOptions options, GrainCall call)
    {
        writer.WriteStartArray();
        call.WriteArguments(writer, options);
        writer.WriteEndArray();
    }

    /// <summary>Goes to the next token and reads the array of a call's arguments that begins there; ends on the array's last token.</summary>
    /// <exception cref="JsonException">No array, or not as many arguments as the method has, or one of another shape.</exception>
    public static void ReadAll(ref Utf8JsonReader reader, JsonSerializerOptions options, GrainCall call)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("The arguments of a call are an array.");
        call.ReadArguments(ref reader, options);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.EndArray)
            throw new JsonException("The call has more arguments than its method.");
    }

    private static JsonTypeInfo<T> Of<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
