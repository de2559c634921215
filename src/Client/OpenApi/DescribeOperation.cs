using AwoooP.Client.Auth;
using AwoooP.Client.Intake;
using AwoooP.Client.Queries;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>What is the same for every operation: headers, who may call it, and the problems that it can answer.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var guarded = context.Description.ActionDescriptor.EndpointMetadata.OfType<RoleRequirement>().FirstOrDefault();
        var changes = guarded is not null && context.Description.HttpMethod is not "GET";
        if (guarded is { } needed)
        {
            operation.Description = $"Needs role {needed.Role.ToString().ToLowerInvariant()} in the project.";
            operation.Security = [Reference("operator_key", document), Reference("console_session", document)];
            SharedParameters.AddTo(operation, changes, context.Description.RelativePath!, document);
        }
        else
        {
            DescribeSending(operation, context, document);
        }

        OwnParameters.AddTo(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>());
        SharedResponses.AddTo(operation, changes, operation.RequestBody is not null, document);
        return Task.CompletedTask;
    }

    /// <summary>What senders of alerts call: its body is read as it comes in, its project stands in the path, and a key may be needed or not.</summary>
    private static void DescribeSending(OpenApiOperation operation, OpenApiOperationTransformerContext context, Microsoft.OpenApi.OpenApiDocument document)
    {
        operation.Description = "Needs no key where the server listens on loopback alone; else a key, as Bearer or as the password of Basic.";
        operation.Security = [[], Reference("operator_key", document), Reference("sender_key", document)];
        SharedParameters.AddProjectTo(operation, context.Description.RelativePath!, document);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<SentBody>().FirstOrDefault() is not { } body)
            return;

        IOpenApiSchema schema = new OpenApiSchemaReference(body.Schema, document);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new() { Schema = body.Many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema },
            },
        };
    }

    private static OpenApiSecurityRequirement Reference(string scheme, Microsoft.OpenApi.OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
