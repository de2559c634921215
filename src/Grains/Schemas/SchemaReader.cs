using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Signing;

namespace AwoooP.Schemas;

/// <summary>
/// Reads a schema in the dialect that draft 4 and 2020-12 understand alike: type, properties, required, additionalProperties false, items,
/// enum, pattern, lengths and bounds, and references within the schema (<c>definitions</c> or <c>$defs</c> hold what they point to).
/// Every other keyword is refused, because one reader would heed what another passes over.
/// </summary>
internal sealed class SchemaReader
{
    private static readonly string[] JsonTypes = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private readonly List<FieldFault> _faults;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<(SchemaNode Node, string Pointer, JsonPath Path)> _references = [];

    private SchemaReader(List<FieldFault> faults) => _faults = faults;

    /// <param name="schema">The schema; it must outlive what is made of it.</param>
    /// <param name="path">Where it stands, for faults.</param>
    /// <param name="faults">Gets what keeps it from being used.</param>
    /// <returns>Of use only when no fault was added.</returns>
    public static SchemaNode Read(JsonElement schema, JsonPath path, List<FieldFault> faults)
    {
        var reader = new SchemaReader(faults);
        var root = reader.Node(schema, "", path, 1);
        reader.Resolve();
        return root;
    }

    private SchemaNode Node(JsonElement schema, string pointer, JsonPath path, int depth)
    {
        var node = new SchemaNode();
        if (schema.ValueKind != JsonValueKind.Object)
            return Refused(node, path, "schema_wrong_type", "A schema is an object.");
        if (depth > SchemaLimits.MaxDepth)
            return Refused(node, path, "schema_too_deep", $"Schemas are nested at most {SchemaLimits.MaxDepth} deep.", $"1..{SchemaLimits.MaxDepth}");
        if (_nodes.Count == SchemaLimits.MaxNodes)
            return Refused(node, path, "schema_too_large", $"A schema has at most {SchemaLimits.MaxNodes} parts.", $"1..{SchemaLimits.MaxNodes}");

        _nodes[pointer] = node;
        foreach (var keyword in schema.EnumerateObject())
            Keyword(node, keyword.Name, keyword.Value, (pointer, path.Member(keyword.Name), depth));
        if (schema.TryGetProperty("$ref", out _) && schema.EnumerateObject().Count() > 1)
            Add(path, "schema_ref_not_alone", "Beside $ref nothing else is heeded by all readers.");
        return node;
    }

    private void Keyword(SchemaNode node, string keyword, JsonElement value, (string Pointer, JsonPath Path, int Depth) at)
    {
        switch (keyword)
        {
            case "$ref":
                Reference(node, value, at.Path);
                break;
            case "type":
                node.Types = Names(value, at.Path, JsonTypes, allowsOne: true);
                break;
            case "properties":
                foreach (var (name, child) in Children(value, keyword, at))
                    node.Properties[name] = child;
                break;
            case "definitions" or "$defs":
                _ = Children(value, keyword, at);
                break;
            case "required":
                node.Required = Names(value, at.Path, null, allowsOne: false);
                break;
            case "additionalProperties":
                node.IsClosed = Expect(value.ValueKind == JsonValueKind.False, at.Path, "additionalProperties is false or left out.");
                break;
            case "items":
                node.Items = Node(value, $"{at.Pointer}/items", at.Path, at.Depth + 1);
                break;
            case "enum":
                if (Expect(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, at.Path, "enum lists at least one value."))
                    node.Enum = [.. value.EnumerateArray()];
                break;
            case "pattern":
                Pattern(node, value, at.Path);
                break;
            case "minLength":
                node.MinLength = Count(value, at.Path);
                break;
            case "maxLength":
                node.MaxLength = Count(value, at.Path);
                break;
            case "minItems":
                node.MinItems = Count(value, at.Path);
                break;
            case "maxItems":
                node.MaxItems = Count(value, at.Path);
                break;
            case "minimum":
                node.Minimum = Number(value, at.Path);
                break;
            case "maximum":
                node.Maximum = Number(value, at.Path);
                break;
            default:
                Add(at.Path, "schema_keyword_unknown", "The keyword is not one that all readers understand alike.");
                break;
        }
    }

    private List<(string Name, SchemaNode Node)> Children(JsonElement value, string keyword, (string Pointer, JsonPath Path, int Depth) at)
    {
        var children = new List<(string, SchemaNode)>();
        if (!Expect(value.ValueKind == JsonValueKind.Object, at.Path, "An object of schemas is expected."))
            return children;

        foreach (var member in value.EnumerateObject())
            children.Add((member.Name, Node(member.Value, $"{at.Pointer}/{keyword}/{Escape(member.Name)}", at.Path.Member(member.Name), at.Depth + 1)));
        return children;
    }

    private void Reference(SchemaNode node, JsonElement value, JsonPath path)
    {
        var target = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (target == "#" || target.StartsWith("#/", StringComparison.Ordinal))
        {
            _references.Add((node, target[1..], path));
        }
        else
        {
            Add(path, "schema_ref_remote", "A reference points into the same schema: #/definitions/...");
        }
    }

    private void Resolve()
    {
        foreach (var (node, pointer, path) in _references)
        {
            if (_nodes.TryGetValue(pointer, out var target))
                node.Reference = target;
            else
                Add(path, "schema_ref_unknown", "There is no such part of the schema.");
        }

        foreach (var (node, _, path) in _references.Where(reference => Circles(reference.Node)))
        {
            node.Reference = null;
            Add(path, "schema_ref_circular", "The reference leads back to itself and says nothing.");
        }
    }

    /// <summary>A way that goes over references only and does not end. A schema that holds itself in a property is none: each step there takes a part of the value.</summary>
    private static bool Circles(SchemaNode start)
    {
        var seen = new HashSet<SchemaNode>();
        for (var node = start; node is not null; node = node.Reference)
        {
            if (!seen.Add(node))
                return true;
        }

        return false;
    }

    private void Pattern(SchemaNode node, JsonElement value, JsonPath path)
    {
        if (!Expect(value.ValueKind == JsonValueKind.String, path, "A pattern is a text."))
            return;

        var pattern = value.GetString()!;
        if (pattern.Length > SchemaLimits.MaxPattern)
        {
            Add(path, "schema_pattern_too_long", $"A pattern has at most {SchemaLimits.MaxPattern} characters.", $"0..{SchemaLimits.MaxPattern}");
            return;
        }

        try
        {
            (node.Pattern, node.PatternText) = (EcmaPattern.Compile(pattern), pattern);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            Add(path, "schema_pattern_invalid", "The pattern is not one that all readers understand alike and that can be matched in linear time.");
        }
    }

    private IReadOnlyList<string> Names(JsonElement value, JsonPath path, string[]? known, bool allowsOne)
    {
        if (allowsOne && value.ValueKind == JsonValueKind.String)
            return Known([value.GetString()!]);

        var isList = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String);
        string[] names = isList ? [.. value.EnumerateArray().Select(static item => item.GetString()!)] : [];
        Expect(names.Length > 0 && names.Distinct(StringComparer.Ordinal).Count() == names.Length, path, "At least one name is listed, and each once.");
        return Known(names);

        IReadOnlyList<string> Known(string[] given)
        {
            Expect(known is null || given.All(name => known.Contains(name, StringComparer.Ordinal)), path, $"A type is one of {string.Join(", ", JsonTypes)}.");
            return given;
        }
    }

    private int? Count(JsonElement value, JsonPath path) =>
        Expect(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0, path, "A length is a whole number from 0.")
            ? value.GetInt32()
            : null;

    private double? Number(JsonElement value, JsonPath path) =>
        Expect(value.ValueKind == JsonValueKind.Number, path, "A bound is a number.") ? value.GetDouble() : null;

    private bool Expect(bool holds, JsonPath path, string message)
    {
        if (!holds)
            Add(path, "schema_invalid", message);
        return holds;
    }

    private SchemaNode Refused(SchemaNode node, JsonPath path, string code, string message, string? bound = null)
    {
        Add(path, code, message, bound);
        return node;
    }

    private void Add(JsonPath path, string code, string message, string? bound = null)
    {
        if (_faults.Count < SchemaLimits.MaxFaults)
            _faults.Add(new FieldFault(path.ToString(), code, message, bound));
    }

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
