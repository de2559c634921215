using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>The number of a version.</summary>
/// <param name="Number">From 1 on; 0 when none was given.</param>
internal sealed record QueryVersion(int Number) : IBindableFromHttpContext<QueryVersion>, IEndpointParameterMetadataProvider
{
    private const int First = 1;

    private static readonly QueryVersion None = new(0);

    public static int? NumberOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= First ? number : null;

    public static ValueTask<QueryVersion?> BindAsync(HttpContext context, ParameterInfo parameter) => GivenText.Of(context, parameter).BindAsync(
        None,
        static text => NumberOf(text) is { } number ? new QueryVersion(number) : null,
        "out_of_range", "must be the number of a version", $"{First}..{int.MaxValue}");

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(QueryParameter.Of(parameter, Describe));

    /// <summary>Also of those in paths.</summary>
    public static OpenApiSchema Describe() => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = First.ToString(CultureInfo.InvariantCulture),
        Maximum = int.MaxValue.ToString(CultureInfo.InvariantCulture),
    };
}
