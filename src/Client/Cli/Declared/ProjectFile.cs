using System.Text.Json;
using AwoooP.Client.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AwoooP.Client.Cli.Declared;

/// <summary>A file for <c>awooop apply</c>: one or more YAML documents, each <c>kind: project</c> with a project as it shall be.</summary>
internal static class ProjectFile
{
    private const string KindField = "kind";
    private const string Kind = "project";

    /// <exception cref="CliException">It cannot be read, or says something that a project does not have.</exception>
    public static IReadOnlyList<CreateProjectRequest> Read(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            throw new CliException(ExitCodes.Invalid, $"{path}, line {fault.Start.Line}: {fault.Message}");
        }

        var shape = new YamlShape(ApiJson.Default.Options);
        var projects = new List<CreateProjectRequest>();
        foreach (var document in stream.Documents)
        {
            if (Read(document.RootNode, shape) is { } project)
                projects.Add(project);
        }

        if (shape.Faults.Count > 0)
            throw new CliException(ExitCodes.Invalid, string.Join('\n', shape.Faults.Select(fault => $"{path}, {fault}")));

        return projects.Count > 0 ? projects : throw new CliException(ExitCodes.Invalid, $"{path} holds nothing.");
    }

    private static CreateProjectRequest? Read(YamlNode root, YamlShape shape)
    {
        if (root is not YamlMappingNode mapping)
        {
            shape.Fault(root, "a document must be a mapping of fields.");
            return null;
        }

        if (!mapping.Children.TryGetValue(new YamlScalarNode(KindField), out var kind))
            shape.Fault(root, $"the field '{KindField}' is needed: {Kind}.");
        else if (kind is not YamlScalarNode { Value: Kind })
            shape.Fault(kind, $"'{KindField}' must be {Kind}.");

        var before = shape.Faults.Count;
        var json = shape.Read(mapping, typeof(CreateProjectRequest), KindField);
        return shape.Faults.Count == before ? json.Deserialize(ApiJson.Default.CreateProjectRequest) : null;
    }
}
