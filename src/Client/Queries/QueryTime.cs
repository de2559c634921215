using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>A time in ISO 8601; of UTC when it names no offset.</summary>
/// <param name="Value">In UTC; null when none was given.</param>
internal sealed record QueryTime(DateTimeOffset? Value) : IBindableFromHttpContext<QueryTime>, IEndpointParameterMetadataProvider
{
    private static readonly QueryTime None = new(Value: null);

    public static ValueTask<QueryTime?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        GivenText.Of(context, parameter).BindAsync(None, Read, "invalid_time", "must be an ISO 8601 time");

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(QueryParameter.Of(parameter, static () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }));

    private static QueryTime? Read(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new QueryTime(time.ToUniversalTime()) : null;
}
