using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Projects;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Parameters that many operations take: each stands once in the document, under its own name, and is referred to.</summary>
internal static class SharedParameters
{
    private const string IfMatch = "If-Match";

    private static readonly (string Name, ParameterLocation Place, string Description, Func<OpenApiSchema> Schema)[] All =
    [
        (ProjectScope.Parameter, ParameterLocation.Query, "The project; the operator's default when absent.", Project),
        (OperatorCall.IdempotencyHeader, ParameterLocation.Header, "Repeats with the same key are carried out once (24 hours).",
            static () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = OperatorCall.MaxIdempotencyKey }),
        (IfMatch, ParameterLocation.Header, "The ETag that the change was decided on.", static () => new OpenApiSchema { Type = JsonSchemaType.String }),
        (ReadAfterFilter.Header, ParameterLocation.Header, "An Awooop-Position that the answer must include.", static () => new OpenApiSchema { Type = JsonSchemaType.String }),
    ];

    public static IDictionary<string, IOpenApiParameter> Describe() =>
        All.ToDictionary(parameter => parameter.Name, parameter => (IOpenApiParameter)new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.Place,
            Description = parameter.Description,
            Schema = parameter.Schema(),
        });

    /// <summary>The project of an operation that takes it from the path, or, below no project's path, from the query.</summary>
    public static void AddProjectTo(OpenApiOperation operation, string path, Microsoft.OpenApi.OpenApiDocument document)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(path.Contains($"{{{ProjectScope.Parameter}}}", StringComparison.Ordinal)
            ? new OpenApiParameter
            {
                Name = ProjectScope.Parameter,
                In = ParameterLocation.Path,
                Required = true,
                Schema = Project(),
            }
            : new OpenApiParameterReference(ProjectScope.Parameter, document));
    }

    /// <param name="changes">Whether the operation changes something.</param>
    public static void AddTo(OpenApiOperation operation, bool changes, string path, Microsoft.OpenApi.OpenApiDocument document)
    {
        AddProjectTo(operation, path, document);
        string[] names = changes ? [OperatorCall.IdempotencyHeader, IfMatch] : [ReadAfterFilter.Header];
        foreach (var name in names)
            operation.Parameters!.Add(new OpenApiParameterReference(name, document));
    }

    private static OpenApiSchema Project() => new() { Type = JsonSchemaType.String, Pattern = DescribePattern.Of(ProjectName.Pattern) };
}
