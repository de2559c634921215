using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary><c>true</c> or <c>false</c>.</summary>
/// <param name="Value">Null when it was left out.</param>
internal sealed record QueryFlag(bool? Value) : IBindableFromHttpContext<QueryFlag>, IEndpointParameterMetadataProvider
{
    private static readonly QueryFlag None = new(Value: null);

    public static ValueTask<QueryFlag?> BindAsync(HttpContext context, ParameterInfo parameter) => GivenText.Of(context, parameter).BindAsync(
        None, static text => bool.TryParse(text, out var value) ? new QueryFlag(value) : null, "unknown_value", "must be true or false", "true, false");

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(QueryParameter.Of(parameter, static () => new OpenApiSchema { Type = JsonSchemaType.Boolean }));
}
