using System.Text.Json.Serialization;

namespace AwoooP.Runtime.Messages;

[JsonSerializable(typeof(object))]
internal sealed partial class AnyMessage : JsonSerializerContext;
