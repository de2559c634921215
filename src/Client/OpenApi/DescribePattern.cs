using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Patterns as JSON Schema reads them: there <c>$</c> is the end alone, and <c>\z</c>, which says so here, is the letter z.</summary>
internal sealed class DescribePattern : IOpenApiSchemaTransformer
{
    private const string End = @"\z";

    public static string Of(string pattern) => pattern.EndsWith(End, StringComparison.Ordinal) ? $"{pattern[..^End.Length]}$" : pattern;

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Pattern is { } pattern)
            schema.Pattern = Of(pattern);

        return Task.CompletedTask;
    }
}
