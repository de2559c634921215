using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>A text that says something, up to its <see cref="MaxLengthAttribute"/>.</summary>
/// <param name="Value">Null when none was given.</param>
internal sealed record QueryText(string? Value) : IBindableFromHttpContext<QueryText>, IEndpointParameterMetadataProvider
{
    /// <summary>Characters, where a parameter has no bound of its own.</summary>
    public const int MaxLength = 256;

    /// <summary>Characters of an id: longer ones are nobody's.</summary>
    public const int MaxId = 64;

    private static readonly QueryText None = new(Value: null);

    public static ValueTask<QueryText?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var most = MaxLengthOf(parameter);
        return GivenText.Of(context, parameter).BindAsync(
            None,
            text => text.Length > 0 && text.Length <= most && !text.Contains('\0', StringComparison.Ordinal) ? new QueryText(text) : null,
            "out_of_range", $"must have 1 to {most} characters", $"1..{most}");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var most = MaxLengthOf(parameter);
        builder.Metadata.Add(QueryParameter.Of(parameter, () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = most }));
    }

    private static int MaxLengthOf(ParameterInfo parameter) => parameter.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? MaxLength;
}
