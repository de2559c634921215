using System.Diagnostics.Metrics;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Events;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AwoooP.Client.Auth;

/// <summary>Answers what may not be done, and leaves a trace of who tried.</summary>
internal sealed partial class DeniedAnswers(ILogger<DeniedAnswers> logger, IMeterFactory meters) : IAuthorizationMiddlewareResultHandler
{
    private readonly Counter<long> _denied = meters.Create("AwoooP.Client").CreateCounter<long>(
        "awooop.front.denied", description: "Requests refused for want of a key or a role.");

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var problem = Explain(context, authorizeResult);
        var who = OperatorIdentity.Of(context)?.OperatorId ?? "-";
        _denied.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
        LogDenied(problem.Code, who, context.Request.Method, EndpointPattern.Of(context), context.Connection.RemoteIpAddress?.ToString());
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = context.Features.Get<AuthenticationRefusal>() is null ? "Bearer" : "Bearer error=\"invalid_token\"";

        await problem.Result().ExecuteAsync(context);
    }

    private static ProblemDocument Explain(HttpContext context, PolicyAuthorizationResult result)
    {
        if (!result.Forbidden || OperatorIdentity.Of(context) is not { } who)
            return context.Features.Get<AuthenticationRefusal>()?.Problem ?? Problem.Unauthorized();

        var requirement = context.GetEndpoint()?.Metadata.GetMetadata<RoleRequirement>();
        if (requirement is not null && who.Who.Scope is { } scope)
            return Problem.Forbidden("scope_too_narrow", $"The key is for {Literal.Of(scope)} alone.");

        var needed = requirement?.Role.ToString().ToLowerInvariant() ?? "another role";
        return ProjectScope.Of(context, who.DefaultProject).Projects is [var project]
            ? Problem.Forbidden("role_required", $"This needs {needed} in project {project}.")
            : Problem.Forbidden("one_project_only", "Several projects at once are for reading, by an admin of each.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Denied {Code} to {Operator}: {Method} {Endpoint} from {Address}")]
    private partial void LogDenied(string code, string @operator, string method, string endpoint, string? address);
}
