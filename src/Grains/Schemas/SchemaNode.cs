using System.Text.Json;
using System.Text.RegularExpressions;

namespace AwoooP.Schemas;

/// <summary>What a schema says about one value. A keyword that is not there is null and allows everything.</summary>
internal sealed class SchemaNode
{
    /// <summary>The schema that stands in this one's place; then nothing else is said.</summary>
    public SchemaNode? Reference { get; set; }

    /// <summary>Names of JSON types, e.g. <c>integer</c>.</summary>
    public IReadOnlyList<string>? Types { get; set; }

    public Dictionary<string, SchemaNode> Properties { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Required { get; set; } = [];

    /// <summary>Whether properties that are not named are refused.</summary>
    public bool IsClosed { get; set; }

    public SchemaNode? Items { get; set; }

    public IReadOnlyList<JsonElement>? Enum { get; set; }

    public Regex? Pattern { get; set; }

    /// <summary>The pattern as it was written.</summary>
    public string? PatternText { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public double? Minimum { get; set; }

    public double? Maximum { get; set; }
}
