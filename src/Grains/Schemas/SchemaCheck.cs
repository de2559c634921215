using System.Globalization;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Signing;

namespace AwoooP.Schemas;

/// <summary>Holds a value against a schema and names the path of every fault.</summary>
internal sealed class SchemaCheck
{
    private readonly List<FieldFault> _faults = [];

    private SchemaCheck()
    {
    }

    /// <param name="schema">What it must be.</param>
    /// <param name="value">Parsed with a bounded depth.</param>
    public static IReadOnlyList<FieldFault> Find(SchemaNode schema, JsonElement value)
    {
        var check = new SchemaCheck();
        check.Value(schema, value, JsonPath.Root);
        return check._faults;
    }

    private void Value(SchemaNode schema, JsonElement value, JsonPath path)
    {
        while (schema.Reference is { } target)
            schema = target;

        if (schema.Types is { } types && !types.Any(type => IsOf(type, value)))
        {
            Add(path, "wrong_type", $"The value must be of type {string.Join(" or ", types)}.", string.Join(", ", types));
            return;
        }

        if (schema.Enum is { } known && !known.Any(item => JsonElement.DeepEquals(item, value)))
            Add(path, "unknown_value", "The value is not one of those that are known.", string.Join(", ", known.Select(static item => item.ToString())));

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(schema, value, path);
                break;
            case JsonValueKind.Array:
                Array(schema, value, path);
                break;
            case JsonValueKind.String:
                Text(schema, value.GetString()!, path);
                break;
            case JsonValueKind.Number:
                Number(schema, value.GetDouble(), path);
                break;
        }
    }

    private void Object(SchemaNode schema, JsonElement value, JsonPath path)
    {
        foreach (var name in schema.Required.Where(name => !value.TryGetProperty(name, out _)))
            Add(path.Member(name), "missing_field", "The field is needed.");

        foreach (var member in value.EnumerateObject())
        {
            if (_faults.Count >= SchemaLimits.MaxFaults)
                return;
            if (schema.Properties.TryGetValue(member.Name, out var known))
                Value(known, member.Value, path.Member(member.Name));
            else if (schema.IsClosed)
                Add(path.Member(member.Name), "unknown_field", "There is no such field.");
        }
    }

    private void Array(SchemaNode schema, JsonElement value, JsonPath path)
    {
        Size(value.GetArrayLength(), schema.MinItems, schema.MaxItems, "items", path);
        if (schema.Items is not { } items)
            return;

        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (_faults.Count >= SchemaLimits.MaxFaults)
                return;
            Value(items, item, path.Item(index));
        }
    }

    private void Text(SchemaNode schema, string text, JsonPath path)
    {
        if (schema.MinLength is not null || schema.MaxLength is not null)
            Size(text.EnumerateRunes().Count(), schema.MinLength, schema.MaxLength, "characters", path);
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            Add(path, "pattern_mismatch", "The text does not match its pattern.", schema.PatternText);
    }

    private void Number(SchemaNode schema, double number, JsonPath path)
    {
        if (number < schema.Minimum || number > schema.Maximum)
            Add(path, "out_of_range", "The number is out of its bounds.", Bound(schema.Minimum, schema.Maximum));
    }

    private void Size(int size, int? least, int? most, string unit, JsonPath path)
    {
        if (size < least || size > most)
            Add(path, "out_of_range", $"There are {size} {unit}, which is out of bounds.", Bound(least, most));
    }

    /// <summary>A whole number is an integer however it is written: draft 4 and 2020-12 differ there, and the canonical form writes 1.0 as 1.</summary>
    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    private static string Bound<T>(T? least, T? most)
        where T : struct, IFormattable =>
        $"{least?.ToString(null, CultureInfo.InvariantCulture)}..{most?.ToString(null, CultureInfo.InvariantCulture)}";

    private void Add(JsonPath path, string code, string message, string? bound = null)
    {
        if (_faults.Count < SchemaLimits.MaxFaults)
            _faults.Add(new FieldFault(path.ToString(), code, message, bound));
    }
}
