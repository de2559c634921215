using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Redaction;

namespace AwoooP.Client.Audit;

/// <summary>An act that is being refused to somebody who is known, as it goes on record.</summary>
/// <param name="Project">Where it is told.</param>
internal sealed record Denial(string Project, string Actor, string? TraceId, DenyAct Act)
{
    /// <summary>Whoever sends a key or a token that is not taken. All of them together are one actor, with one bound.</summary>
    private static readonly KnownPrincipal Stranger = new(Actors.Stranger, IOperatorKeyGrain.Project, "none");

    /// <summary>
    /// Null for what is none: an answer to somebody without any key or token, a read with a slip of the pen, and what is answered to senders of alerts
    /// besides that they may not send.
    /// </summary>
    public static async ValueTask<Denial?> FindAsync(HttpContext context, ProblemDocument answer)
    {
        var problem = context.Features.Get<AuthenticationRefusal>() is { } refusal && refusal.Problem.Code == answer.Code ? refusal.Cause : answer;
        if (Who(context) is not { } who || !IsDenied(context, problem))
            return null;

        var (project, requested) = await PlaceAsync(context, who);
        return new Denial(project, who.OperatorId, TraceContext.Of(context).TraceId, new DenyAct(
            Cut(OperationOf(context), DenyAct.MaxName)!,
            problem.Status,
            problem.Code,
            $"{problem.Status} {problem.Code}",
            Cut(TargetOf(context), DenyAct.MaxTarget),
            who.Method,
            Cut(context.Connection.RemoteIpAddress?.ToString(), DenyAct.MaxName),
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

    /// <summary>
    /// The project that was asked for, else the caller's own, if it is there and theirs: nobody writes into the trail of a project in which they have no role, or
    /// begins one for a project that does not exist. What has no such place is told among the operators.
    /// </summary>
    private static async ValueTask<(string Project, string? Requested)> PlaceAsync(HttpContext context, KnownPrincipal who)
    {
        var requested = context.Features.Get<ProjectScope>()?.Projects is [var one] ? one : null;
        if (requested is not null && IsTheirs(context, who, requested) && await IsThereAsync(context, requested))
            return (requested, null);

        return who.Project != requested && who != Stranger && IsTheirs(context, who, who.Project) && await IsThereAsync(context, who.Project)
            ? (who.Project, requested)
            : (IOperatorKeyGrain.Project, requested);
    }

    private static bool IsTheirs(HttpContext context, KnownPrincipal who, string project) =>
        OperatorIdentity.Of(context) is { } signedIn ? signedIn.RoleIn(project) > OperatorRole.None : project == who.Project;

    /// <summary>Whoever hangs up must not stay out of the record by it, so their patience does not bound this.</summary>
    private static async ValueTask<bool> IsThereAsync(HttpContext context, string project)
    {
        var directory = context.RequestServices.GetRequiredService<ProjectDirectory>();
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        try
        {
            return (await directory.FindAsync(project, CancellationToken.None).AsTask().WaitAsync(DeniedActs.Patience, time)).View is not null;
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault))
        {
            return false;
        }
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

    /// <summary>Never half of a surrogate pair, which could not be written.</summary>
    private static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
