using AwoooP.Client.Intake;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>Title, ways to sign in, and what operations refer to: the problem document, its answers, and common parameters.</summary>
internal sealed class DescribeDocument : IOpenApiDocumentTransformer
{
    public const string ProblemSchema = "Problem";

    public async Task TransformAsync(Microsoft.OpenApi.OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AwoooP platform API",
            Version = "v1",
            Description = "Incidents, approvals, playbooks and runs. Errors are application/problem+json with a stable `code`. "
                + "Changes answer `Awooop-Position`; a read with `Awooop-After` of that value sees them. "
                + "Repeat a change safely with `Idempotency-Key`; guard it with `If-Match`. "
                + "A query parameter that an operation below /v1/platform does not name is refused with 400 `unknown_parameter`. "
                + "A method that an address does not take is answered 405 `method_not_allowed`, with `Allow`.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, cancellationToken);
        document.Components.Schemas[nameof(PostableAlert)] = await context.GetOrCreateSchemaAsync(typeof(PostableAlert), null, cancellationToken);
        document.Components.Schemas[nameof(WebhookMessage)] = await context.GetOrCreateSchemaAsync(typeof(WebhookMessage), null, cancellationToken);
        document.Components.Responses = SharedResponses.Describe(document);
        document.Components.Parameters = SharedParameters.Describe();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["operator_key"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An operator's key, awp_{key id}_{secret}, or a token of an identity provider that is trusted here.",
        };
        document.Components.SecuritySchemes["sender_key"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "An operator's key as the password, for senders of alerts that know no bearer keys; the name does not count.",
        };
        document.Components.SecuritySchemes["console_session"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = Auth.ConsoleSession.CookieName,
            Description = "The console's cookie; changes also need this host's Origin.",
        };
    }
}
