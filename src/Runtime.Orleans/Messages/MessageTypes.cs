using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime.Messages;

/// <summary>The types that go over the wire as JSON: those that the source-generated contexts know.</summary>
internal sealed class MessageTypes
{
    public MessageTypes(JsonSerializerOptions known)
    {
        // Orleans writes each value as an object of its own type, and so asks for object too.
        Json = new JsonSerializerOptions(known) { TypeInfoResolver = JsonTypeInfoResolver.Combine(known.TypeInfoResolver, AnyMessage.Default) };
        Json.MakeReadOnly();
    }

    public JsonSerializerOptions Json { get; }

    public bool IsMessage(Type type) => OwnTypeNames.Contain(type) && Json.TryGetTypeInfo(type, out _);
}
