using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Http;

/// <summary>
/// Holds a parsed body against the type that it is meant for, before it is read into it, and names every field that does not fit:
/// the deserializer would stop at the first one, and tells the kinds of fault apart by its message alone.
/// </summary>
internal sealed class JsonShape(JsonSerializerOptions options)
{
    private const int MaxErrors = 50;

    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Check(JsonElement value, JsonTypeInfo type, string path)
    {
        if (_errors.Count >= MaxErrors || value.ValueKind == JsonValueKind.Null)
            return;

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary when value.ValueKind != JsonValueKind.Object:
                Add(path, "wrong_type", "An object is expected.");
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind != JsonValueKind.Array:
                Add(path, "wrong_type", "An array is expected.");
                break;
            case JsonTypeInfoKind.Object:
                CheckObject(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckItems(value, options.GetTypeInfo(type.ElementType!), path);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckValues(value, options.GetTypeInfo(type.ElementType!), path);
                break;
            case JsonTypeInfoKind.None when EnumOf(type) is { } literals:
                CheckLiteral(value, type, literals, path);
                break;
            default:
                CheckText(value, path);
                break;
        }
    }

    private void CheckItems(JsonElement value, JsonTypeInfo element, string path)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
                Add($"{path}[{index}]", "null_value", "A value is expected here.");
            Check(item, element, $"{path}[{index++}]");
        }
    }

    private void CheckValues(JsonElement value, JsonTypeInfo element, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (seen.Add(member.Name))
                Check(member.Value, element, $"{path}.{member.Name}");
            else
                AddDuplicate(path, member.Name);
        }
    }

    private void CheckObject(JsonElement value, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (type.PolymorphismOptions is { } polymorphism)
        {
            if (Derived(value, polymorphism, path) is not { } derived)
                return;

            type = options.GetTypeInfo(derived);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                AddDuplicate(path, member.Name);
                continue;
            }

            if (member.Name == discriminator)
                continue;

            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is not { } known)
                Add($"{path}.{member.Name}", "unknown_field", "There is no such field.");
            else if (member.Value.ValueKind == JsonValueKind.Null && !known.IsSetNullable)
                Add($"{path}.{member.Name}", "null_value", "A value is expected here.");
            else
                Check(member.Value, options.GetTypeInfo(known.PropertyType), $"{path}.{member.Name}");
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !seen.Contains(property.Name))
                Add($"{path}.{property.Name}", "missing_field", "The field is needed.");
        }
    }

    private Type? Derived(JsonElement value, JsonPolymorphismOptions polymorphism, string path)
    {
        var name = polymorphism.TypeDiscriminatorPropertyName;
        var given = value.TryGetProperty(name, out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        var derived = polymorphism.DerivedTypes.FirstOrDefault(type => type.TypeDiscriminator as string == given && given is not null);
        if (derived.DerivedType is not null)
            return derived.DerivedType;

        var known = string.Join(", ", polymorphism.DerivedTypes.Select(type => type.TypeDiscriminator));
        Add($"{path}.{name}", given is null ? "missing_field" : "unknown_step_kind", $"The kind must be one of {known}.", known);
        return null;
    }

    private static Type? EnumOf(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } literals ? literals : null;

    /// <summary>What the type's own converter does not take is told with what it does take; its zero stands for nothing and is not offered.</summary>
    private void CheckLiteral(JsonElement value, JsonTypeInfo type, Type literals, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
            return;

        try
        {
            value.Deserialize(type);
        }
        catch (JsonException)
        {
            var known = string.Join(", ", Enum.GetValuesAsUnderlyingType(literals).Cast<object>()
                .Where(static number => Convert.ToInt64(number, CultureInfo.InvariantCulture) != 0)
                .Select(number => JsonSerializer.SerializeToElement(Enum.ToObject(literals, number), options.GetTypeInfo(literals)).ToString()));
            Add(path, "unknown_value", $"The value must be one of {known}.", known);
        }
    }

    private void CheckText(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('\0', StringComparison.Ordinal))
            Add(path, "nul_character", "The text has the character U+0000.");
    }

    /// <summary>The deserializer would take the last one, and whoever reads the body over may have seen the first.</summary>
    private void AddDuplicate(string path, string name) => Add($"{path}.{name}", "duplicate_field", "The field is there twice.");

    private void Add(string path, string code, string message, string? bound = null)
    {
        if (_errors.Count < MaxErrors)
            _errors.Add(new FieldError(path, code, message, bound));
    }
}
