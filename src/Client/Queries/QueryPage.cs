using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace AwoooP.Client.Queries;

/// <summary>Which part of a list is wanted: the two parameters <c>cursor</c> and <c>limit</c>.</summary>
/// <param name="Value">The first rows, when the two say nothing.</param>
internal sealed record QueryPage(PageRequest Value) : IBindableFromHttpContext<QueryPage>, IEndpointParameterMetadataProvider
{
    private const string CursorName = "cursor";
    private const string LimitName = "limit";

    public static ValueTask<QueryPage?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<QueryPage?>(new QueryPage(Read(GivenText.Of(context, CursorName), Limit(GivenText.Of(context, LimitName)))));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(CursorName, static () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Cursor.MaxLength }));
        builder.Metadata.Add(new QueryParameter(LimitName, static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(PageRequest.DefaultLimit),
        }));
    }

    private static PageRequest Read(GivenText cursor, int limit)
    {
        try
        {
            return new PageRequest(cursor.Text, limit);
        }
        catch (InvalidCursorException)
        {
            cursor.Refuse("invalid_cursor", "cursor must be the next_cursor of the page before.");
            return new PageRequest(null, limit);
        }
    }

    private static int Limit(GivenText given)
    {
        if (given.Text is null)
            return PageRequest.DefaultLimit;

        if (int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PageRequest.MaxLimit)
            return limit;

        given.Refuse("out_of_range", $"limit must be a whole number from 1 to {PageRequest.MaxLimit}.", $"1..{PageRequest.MaxLimit}");
        return PageRequest.DefaultLimit;
    }
}
