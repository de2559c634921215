using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Time;

namespace AwoooP.Client.Http;

/// <summary>Writes instants in the platform's zone, with its offset.</summary>
internal sealed class ZonedTimeConverter(PlatformZone zone) : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(zone.Local(value));
}
