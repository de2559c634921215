using AwoooP.Client.Queries;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Parameters that an operation does not share: those of its query and path with the bounds that they are held to, and words for all.</summary>
internal static class OwnParameters
{
    public static void AddTo(OpenApiOperation operation, IEnumerable<QueryParameter> query)
    {
        operation.Parameters ??= [];
        foreach (var parameter in query)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Required = parameter.IsRequired,
                Description = parameter.Description,
                Schema = parameter.Describe(),
            });
        }

        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= ParameterWords.Of(parameter.In, parameter.Name!);
            if (parameter.In == ParameterLocation.Path && PathSchemas.Of(parameter.Name!) is { } schema)
                parameter.Schema = schema;
        }
    }
}
