using System.Text.Json.Serialization;
using System.Text.Json;

namespace AwoooP.Events;

/// <summary>Writes an enum as the lower-case literal of the record tables, e.g. <c>waiting_approval</c>.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
