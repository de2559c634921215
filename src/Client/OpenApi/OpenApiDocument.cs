using AwoooP.Client.Auth;
using AwoooP.Operators;

namespace AwoooP.Client.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>; the console's types are generated from it.</summary>
internal static class OpenApiDocument
{
    public static void AddPlatformOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer<DescribeDocument>();
        options.AddOperationTransformer<DescribeOperation>();
        options.AddSchemaTransformer<DescribeTime>();
        options.AddSchemaTransformer<DescribeList>();
        options.AddSchemaTransformer<DescribePattern>();
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").NeedsKeyUnlessLoopback(OperatorRole.Viewer);
}
