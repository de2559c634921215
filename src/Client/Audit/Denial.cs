using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Redaction;

namespace AwoooP.Client.Audit;

/// <summary>An act that is being refused to somebody who is known, as it goes on record.</summary>
/// <param name="Project">Where it is told.</param>
internal sealed record Denial(string Project, string Actor, string? TraceId, DenyAct Act)
{
    private const int MaxName = 100;
    private const int MaxTarget = 300;

    /// <summary>Whoever sends a key or a token that is not taken. All of them together are one actor, with one bound.</summary>
    private static readonly KnownPrincipal Stranger = new(Actors.Stranger, IOperatorKeyGrain.Project, "none");

    /// <summary>
    /// Null for what is none: an answer to somebody without any key or token, a read with a slip of the pen, and what is answered to senders of alerts
    /// besides that they may not send.
    /// </summary>
    public static Denial? Of(HttpContext context, ProblemDocument problem)
    {
        if (Who(context) is not { } who || !IsDenied(context, problem))
            return null;

        var project = ProjectOf(context, who, out var requested);
        return new Denial(project, who.OperatorId, TraceContext.Of(context).TraceId, new DenyAct(
            Cut(OperationOf(context), MaxName)!,
            problem.Status,
            problem.Code,
            $"{problem.Status} {problem.Code}",
            Cut(TargetOf(context), MaxTarget),
            who.Method,
            Cut(context.Connection.RemoteIpAddress?.ToString(), MaxName),
            requested));
    }

    private static bool IsDenied(HttpContext context, ProblemDocument problem) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => true,
        StatusCodes.Status429TooManyRequests => false,
        >= 400 and < 500 => SameOrigin.IsUnsafe(context.Request) && context.GetEndpoint()?.Metadata.GetMetadata<RoleRequirement>() is not null,
        _ => false,
    };

    private static KnownPrincipal? Who(HttpContext context) => OperatorIdentity.Of(context) is { } signedIn
        ? new KnownPrincipal(signedIn.OperatorId, signedIn.DefaultProject, signedIn.Method)
        : context.Features.Get<KnownPrincipal>() ?? (context.Request.Headers.Authorization.Count > 0 ? Stranger : null);

    /// <summary>The project that was asked for where its caller has a place in it, else the caller's own: nobody writes into the trail of a project that is not theirs.</summary>
    private static string ProjectOf(HttpContext context, KnownPrincipal who, out string? requested)
    {
        requested = context.Features.Get<ProjectScope>()?.Projects is [var one] ? one : null;
        if (requested is null || requested == who.Project)
        {
            requested = null;
            return who.Project;
        }

        if (OperatorIdentity.Of(context)?.RoleIn(requested) is null or OperatorRole.None)
            return who.Project;

        var project = requested;
        requested = null;
        return project;
    }

    private static string OperationOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
        ?? $"{context.Request.Method} {EndpointPattern.Of(context)}";

    /// <summary>The values of the path: they are what somebody has typed, and go on record for good.</summary>
    private static string? TargetOf(HttpContext context)
    {
        var values = context.Request.RouteValues
            .Where(static value => value.Key != ProjectScope.Parameter)
            .Select(static value => $"{value.Key}={Redactor.Redact(value.Key, value.Value?.ToString())}");
        return string.Join(' ', values) is { Length: > 0 } target ? target.Replace('\0', ' ') : null;
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
