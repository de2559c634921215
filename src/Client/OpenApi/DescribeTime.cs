using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Times are written by a converter of ours, which the generator cannot look into: it is told that they are texts.</summary>
internal sealed class DescribeTime : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is { } inner ? inner == typeof(DateTimeOffset) : context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            var mayBeNull = context.JsonPropertyInfo is { IsGetNullable: true } || Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is not null;
            schema.Type = mayBeNull ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }
}
