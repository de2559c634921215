using System.Text.Json.Nodes;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>What is the same for every operation: headers, who may call it, and the problems that it can answer.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var changes = context.Description.HttpMethod is not "GET";
        operation.Parameters ??= [];
        if (metadata.OfType<RoleRequirement>().FirstOrDefault() is { } needed)
        {
            operation.Description = $"Needs role {needed.Role.ToString().ToLowerInvariant()} in the project.";
            operation.Parameters.Add(Parameter(ProjectScope.Parameter, ParameterLocation.Query, "The project; the operator's default when absent."));
            operation.Security = [Reference("operator_key", context.Document!), Reference("console_session", context.Document!)];
            if (changes)
            {
                operation.Parameters.Add(Parameter(OperatorCall.IdempotencyHeader, ParameterLocation.Header, "Repeats with the same key are carried out once (24 hours)."));
                operation.Parameters.Add(Parameter("If-Match", ParameterLocation.Header, "The ETag that the change was decided on."));
            }
            else
            {
                operation.Parameters.Add(Parameter(ReadAfterFilter.Header, ParameterLocation.Header, "An Awooop-Position that the answer must include."));
            }
        }
        else
        {
            operation.Description = "Needs no key where the server listens on loopback alone; else a key, as Bearer or as the password of Basic.";
        }

        operation.Responses ??= [];
        foreach (var (status, description, code) in Problems(changes, operation))
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemDocument.MediaType] = new()
                    {
                        Schema = new OpenApiSchemaReference(DescribeDocument.ProblemSchema, context.Document),
                        Example = new JsonObject
                        {
                            ["type"] = $"urn:awooop:problem:{code}",
                            ["title"] = description,
                            ["status"] = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
                            ["detail"] = $"{description}.",
                            ["code"] = code,
                            ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
                        },
                    },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<(string Status, string Description, string Code)> Problems(bool changes, OpenApiOperation operation)
    {
        if (operation.RequestBody is not null)
        {
            yield return ("400", "Malformed", "malformed_json");
            yield return ("413", "Too large", "body_too_large");
            yield return ("415", "Unsupported media type", "not_json");
        }

        yield return ("401", "Not signed in", "unauthenticated");
        yield return ("403", "Not allowed", "role_required");
        yield return ("404", "Not found", "not_found");
        if (changes)
        {
            yield return ("409", "Illegal in this state, or a conflict", "illegal_transition");
            yield return ("412", "Stale version", "stale_version");
        }

        yield return ("422", "Invalid", "invalid_request");
        yield return ("429", "Too many requests", "too_many_requests");
        yield return ("500", "Internal error", "internal_error");
        yield return ("503", "Not available", "journal_unavailable");
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string description) => new()
    {
        Name = name,
        In = place,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSecurityRequirement Reference(string scheme, Microsoft.OpenApi.OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
