using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Lists of numbers, which the generator leaves without a type where numbers are read strictly.</summary>
internal sealed class DescribeList : IOpenApiSchemaTransformer
{
    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Enumerable || schema.Type is not null)
            return;

        schema.Type = JsonSchemaType.Array;
        schema.Items = await context.GetOrCreateSchemaAsync(context.JsonTypeInfo.ElementType!, null, cancellationToken);
    }
}
