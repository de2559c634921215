using System.Text.Json.Serialization;

namespace AwoooP.Bench.Engine;

[JsonSerializable(typeof(Greeting))]
internal sealed partial class EngineMessages : JsonSerializerContext;
