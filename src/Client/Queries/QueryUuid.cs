using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>A UUID with its dashes.</summary>
/// <param name="Value">Null when none was given.</param>
internal sealed record QueryUuid(Guid? Value) : IBindableFromHttpContext<QueryUuid>, IEndpointParameterMetadataProvider
{
    private static readonly QueryUuid None = new(Value: null);

    public static ValueTask<QueryUuid?> BindAsync(HttpContext context, ParameterInfo parameter) => GivenText.Of(context, parameter).BindAsync(
        None, static text => Guid.TryParseExact(text, "D", out var id) ? new QueryUuid(id) : null, "invalid_id", "must be a UUID");

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(QueryParameter.Of(parameter, static () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }));
}
