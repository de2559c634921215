using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Client.Problems;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>The problems that operations may answer: each stands once in the document and is referred to.</summary>
internal static class SharedResponses
{
    private static readonly (string Status, string Name, string Description, string Code)[] All =
    [
        ("400", "Malformed", "Malformed, or a query parameter that is not known", "malformed_json"),
        ("401", "NotSignedIn", "Not signed in", "unauthenticated"),
        ("403", "NotAllowed", "Not allowed", "role_required"),
        ("404", "NotFound", "Not found", "not_found"),
        ("409", "Conflict", "Illegal in this state, or a conflict", "illegal_transition"),
        ("412", "StaleVersion", "Stale version", "stale_version"),
        ("413", "TooLarge", "Too large", "body_too_large"),
        ("415", "NotJson", "Unsupported media type", "not_json"),
        ("422", "Invalid", "Invalid", "invalid_request"),
        ("429", "TooMany", "Too many requests", "too_many_requests"),
        ("500", "InternalError", "Internal error", "internal_error"),
        ("501", "NotOffered", "Not offered", "silences_not_offered"),
        ("503", "NotAvailable", "Not available", "journal_unavailable"),
    ];

    public static IDictionary<string, IOpenApiResponse> Describe(Microsoft.OpenApi.OpenApiDocument document) =>
        All.ToDictionary(problem => problem.Name, problem => (IOpenApiResponse)new OpenApiResponse
        {
            Description = problem.Description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemDocument.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(DescribeDocument.ProblemSchema, document),
                    Example = new JsonObject
                    {
                        ["type"] = $"urn:awooop:problem:{problem.Code}",
                        ["title"] = problem.Description,
                        ["status"] = int.Parse(problem.Status, CultureInfo.InvariantCulture),
                        ["detail"] = $"{problem.Description}.",
                        ["code"] = problem.Code,
                        ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
                    },
                },
            },
        });

    /// <param name="changes">Whether the operation changes something.</param>
    /// <param name="hasBody">Whether it takes a body.</param>
    public static void AddTo(OpenApiOperation operation, bool changes, bool hasBody, Microsoft.OpenApi.OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var (status, name, _, _) in All)
        {
            var applies = status switch
            {
                "413" or "415" => hasBody,
                "501" => operation.Responses.ContainsKey(status),
                "409" or "412" => changes,
                _ => true,
            };
            if (applies)
                operation.Responses[status] = new OpenApiResponseReference(name, document);
        }
    }
}
