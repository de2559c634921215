using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>A parameter that may be given several times; what its texts may say is held to their rule by the handler.</summary>
/// <param name="Values">In the order in which they were given; empty when none was.</param>
internal sealed record QueryTexts(IReadOnlyList<string> Values) : IBindableFromHttpContext<QueryTexts>, IEndpointParameterMetadataProvider
{
    public static ValueTask<QueryTexts?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<QueryTexts?>(new QueryTexts([.. context.Request.Query[QueryParameter.NameOf(parameter)].OfType<string>()]));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(QueryParameter.Of(
        parameter, static () => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } }));
}
