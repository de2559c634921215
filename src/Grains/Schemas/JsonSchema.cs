using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Signing;

namespace AwoooP.Schemas;

/// <summary>A schema that was read without a fault.</summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <param name="schema">In the dialect of <see cref="SchemaReader"/>.</param>
    /// <param name="path">Where it stands in the document that holds it.</param>
    /// <param name="faults">What keeps it from being used; empty when it can be.</param>
    public static JsonSchema? Read(JsonElement schema, JsonPath path, out IReadOnlyList<FieldFault> faults)
    {
        var found = new List<FieldFault>();
        // The schema outlives the document that it was read from.
        var root = SchemaReader.Read(schema.Clone(), path, found);
        faults = found;
        return found.Count == 0 ? new JsonSchema(root) : null;
    }

    /// <exception cref="InvalidOperationException">It is a schema of our own and not valid.</exception>
    internal static JsonSchema Of(ReadOnlySpan<byte> json)
    {
        var schema = Read(JsonElement.Parse(json), JsonPath.Root, out var faults);
        return schema ?? throw new InvalidOperationException($"{faults[0].Field}: {faults[0].Message}");
    }

    /// <returns>Every fault with its path, the first fifty; none when the value is what the schema says.</returns>
    public IReadOnlyList<FieldFault> Check(JsonElement value) => SchemaCheck.Find(_root, value);
}
