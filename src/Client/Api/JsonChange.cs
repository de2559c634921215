using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Client.Api;

/// <summary>One place where two documents differ.</summary>
/// <param name="Path">JSON path.</param>
/// <param name="Before">Null when it was added.</param>
/// <param name="After">Null when it was removed.</param>
public sealed record JsonChange(string Path, JsonChangeKind Kind, JsonElement? Before, JsonElement? After);

[JsonConverter(typeof(SnakeCaseEnumConverter<JsonChangeKind>))]
public enum JsonChangeKind
{
    None = 0,
    Added,
    Removed,
    Changed,
}
