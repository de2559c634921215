using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AwoooP.Client.Cli.Declared;

/// <summary>
/// Reads a YAML document as the JSON of a type of the API: what fields there are, and what they hold, is said by that type alone. Whatever does not fit
/// is told with its line, all of it together.
/// </summary>
/// <param name="options">Know the type and those of its fields.</param>
internal sealed class YamlShape(JsonSerializerOptions options)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <param name="others">Fields of the document that are not the type's.</param>
    public JsonObject Read(YamlMappingNode document, Type type, params IReadOnlyCollection<string> others) => Object(document, type, "", others);

    public void Fault(YamlNode node, string message) => _faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {node.Start.Line}: {message}"));

    private JsonObject Object(YamlMappingNode mapping, Type type, string path, IReadOnlyCollection<string> others)
    {
        var properties = options.GetTypeInfo(type).Properties;
        var json = new JsonObject();
        var faulty = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                Fault(key, "the name of a field must be a text.");
            else if (properties.FirstOrDefault(property => property.Name == name) is { } property)
                json[name] = Value(value, property.PropertyType, $"{path}{name}", faulty);
            else if (!others.Contains(name))
                Fault(key, $"there is no field '{path}{name}'; known: {string.Join(", ", others.Concat(properties.Select(known => known.Name)))}.");
        }

        foreach (var missing in properties.Where(property => property.IsRequired && json[property.Name] is null && !faulty.Contains($"{path}{property.Name}")))
            Fault(mapping, $"the field '{path}{missing.Name}' is needed.");

        // A field without a value is one that was left out.
        foreach (var empty in json.Where(static field => field.Value is null).Select(static field => field.Key).ToArray())
            json.Remove(empty);
        return json;
    }

    private JsonNode? Value(YamlNode node, Type type, string path, HashSet<string> faulty)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        var isPlain = node is YamlScalarNode { Style: ScalarStyle.Plain };
        var text = (node as YamlScalarNode)?.Value;
        if (isPlain && text is "" or "~" or "null")
            return null;

        if (target == typeof(string) && text is not null)
            return text;
        if (target == typeof(bool) && isPlain && text is "true" or "false")
            return text == "true";
        if (target == typeof(int) && isPlain && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        if (options.GetTypeInfo(target).Kind == JsonTypeInfoKind.Object && node is YamlMappingNode mapping)
            return Object(mapping, target, $"{path}.", []);

        Fault(node, $"'{path}' must be {Kind(target)}.");
        faulty.Add(path);
        return null;
    }

    private static string Kind(Type type) =>
        type == typeof(string) ? "a text" : type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : "a mapping of fields";
}
