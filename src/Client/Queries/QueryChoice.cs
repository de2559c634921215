using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>One of an enum's values, spelled as the API's answers spell it. Zero stands for nothing and is not offered.</summary>
/// <param name="Value">Null when nothing was chosen.</param>
internal sealed record QueryChoice<T>(T? Value) : IBindableFromHttpContext<QueryChoice<T>>, IEndpointParameterMetadataProvider
    where T : struct, Enum
{
    private static readonly KeyValuePair<string, T>[] Offered =
    [
        .. Enum.GetValues<T>()
            .Where(static value => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0)
            .Select(static value => KeyValuePair.Create(JsonSerializer.SerializeToElement(value).GetString()!, value)),
    ];

    private static readonly QueryChoice<T> None = new(Value: null);
    private static readonly string Known = string.Join(", ", Offered.Select(static offer => offer.Key));

    public static ValueTask<QueryChoice<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        GivenText.Of(context, parameter).BindAsync(None, Read, "unknown_value", $"must be one of {Known}", Known);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(QueryParameter.Of(parameter, static () => new OpenApiSchema
    {
        Type = JsonSchemaType.String,
        Enum = [.. Offered.Select(static offer => (JsonNode)JsonValue.Create(offer.Key)!)],
    }));

    private static QueryChoice<T>? Read(string text)
    {
        foreach (var (name, value) in Offered)
        {
            if (name == text)
                return new QueryChoice<T>(value);
        }

        return null;
    }
}
