using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AwoooP.Events;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class EventJson : JsonSerializerContext;
