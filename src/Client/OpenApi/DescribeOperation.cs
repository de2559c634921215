using AwoooP.Client.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>What is the same for every operation: headers, who may call it, and the problems that it can answer.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var changes = context.Description.HttpMethod is not "GET";
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RoleRequirement>().FirstOrDefault() is { } needed)
        {
            operation.Description = $"Needs role {needed.Role.ToString().ToLowerInvariant()} in the project.";
            operation.Security = [Reference("operator_key", document), Reference("console_session", document)];
            SharedParameters.AddTo(operation, changes, document);
        }
        else
        {
            operation.Description = "Needs no key where the server listens on loopback alone; else a key, as Bearer or as the password of Basic.";
        }

        SharedResponses.AddTo(operation, changes, operation.RequestBody is not null, document);
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Reference(string scheme, Microsoft.OpenApi.OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
