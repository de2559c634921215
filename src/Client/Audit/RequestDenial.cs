using System.Collections.Frozen;
using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Operators;
using AwoooP.Redaction;

namespace AwoooP.Client.Audit;

/// <summary>Which answers are refusals of an act, and how they go on record. The place where problem documents are written asks, that of Alertmanager's texts, and the one sign-in that ends with a page.</summary>
internal static class RequestDenial
{
    /// <summary>Whoever sends a key or a token that is not taken. All of them together are one actor, with one bound.</summary>
    private static readonly KnownPrincipal Stranger = new(
        Actors.Stranger, Actors.Stranger, null, "none", FrozenDictionary<string, OperatorRole>.Empty);

    /// <summary>Puts on record what is refused with this answer.</summary>
    public static async Task RecordAsync(HttpContext context, ProblemDocument answer)
    {
        if (await FindAsync(context, answer) is { } denial)
            await RecordAsync(context, denial);
    }

    /// <summary>A sign-in at a provider that came to nothing. Whose it was is not proven, whatever its token said: it is a stranger's.</summary>
    public static Task RecordSignInAsync(HttpContext context, string code)
    {
        var status = StatusCodes.Status401Unauthorized;
        return RecordAsync(context, new Denial(IOperatorKeyGrain.Project, Actors.Stranger, Stranger.Holder, TraceContext.Of(context).TraceId, new DenyAct(
            "SignIn", status, code, $"{status} {code}", null, AuthMethods.Oidc, AddressOf(context), null)));
    }

    private static Task RecordAsync(HttpContext context, Denial denial)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<IDeniedActs>().RecordAsync(denial, services.GetRequiredService<IDurableClock>().Now);
    }

    /// <summary>
    /// Null for what is none: an answer to somebody without any key or token, a read with a slip of the pen, and what is answered to senders of alerts
    /// besides that they may not send, or not as much.
    /// </summary>
    private static async ValueTask<Denial?> FindAsync(HttpContext context, ProblemDocument answer)
    {
        var problem = context.Features.Get<AuthenticationRefusal>() is { } refusal && refusal.Problem.Code == answer.Code ? refusal.Cause : answer;
        var limit = problem.Status == StatusCodes.Status429TooManyRequests ? problem.Limit ?? problem.Quota?.Name : null;
        if (!IsDenied(context, problem, limit) || Who(context, limit) is not { } who)
            return null;

        var (project, requested) = await PlaceAsync(context, who, isOverLimit: answer.Status == StatusCodes.Status429TooManyRequests);
        return new Denial(project, who.OperatorId, who.Holder, TraceContext.Of(context).TraceId, new DenyAct(
            Cut(OperationOf(context), DenyAct.MaxName)!,
            problem.Status,
            problem.Code,
            $"{problem.Status} {problem.Code}",
            Cut(TargetOf(context), DenyAct.MaxTarget),
            who.Method,
            AddressOf(context),
            requested),
            limit is null ? null : $"{limit} {OperatorIdentity.Of(context)?.Who.KeyId ?? AddressOf(context)}");
    }

    /// <param name="limit">Which bound of the caller's own was reached; null where it is the platform that is busy.</param>
    private static bool IsDenied(HttpContext context, ProblemDocument problem, string? limit) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => true,
        StatusCodes.Status429TooManyRequests => limit is not null,
        >= 400 and < 500 => SameOrigin.IsUnsafe(context.Request) && context.GetEndpoint()?.Metadata.GetMetadata<RoleRequirement>() is not null,
        _ => false,
    };

    /// <summary>Who comes too often is told also where nobody has asked yet who it is: the address is.</summary>
    private static KnownPrincipal? Who(HttpContext context, string? limit) => OperatorIdentity.Of(context) is { } signedIn
        ? KnownPrincipal.Of(signedIn.Who)
        : context.Features.Get<KnownPrincipal>() ?? (context.Request.Headers.Authorization.Count > 0 || limit is not null ? Stranger : null);

    /// <summary>
    /// The project that was asked for, else the caller's own, if it is there and theirs: nobody writes into the trail of a project in which they have no role, or
    /// begins one for a project that does not exist. What has no such place is told among the operators.
    /// </summary>
    private static async ValueTask<(string Project, string? Requested)> PlaceAsync(HttpContext context, KnownPrincipal who, bool isOverLimit)
    {
        // Not only what authorization has found: who is refused before it asked for something, too.
        var requested = ProjectScope.OneOf(context, who.Project);
        if (requested is not null && await IsPlaceAsync(context, who, requested, isOverLimit))
            return (requested, null);

        return who.Project is { } own && own != requested && await IsPlaceAsync(context, who, own, isOverLimit)
            ? (own, requested)
            : (IOperatorKeyGrain.Project, requested);
    }

    /// <summary>Whether the project is theirs, and there. Whoever hangs up must not stay out of the record by it, so their patience does not bound this.</summary>
    private static async ValueTask<bool> IsPlaceAsync(HttpContext context, KnownPrincipal who, string project, bool isOverLimit)
    {
        if (who.Roles.In(project) == OperatorRole.None)
            return false;

        var directory = context.RequestServices.GetRequiredService<ProjectDirectory>();
        // With a role for every project, each name that somebody thinks of would wake a grain, and their limit would not bound it.
        if (isOverLimit && project != who.Project && !who.Roles.ContainsKey(project))
            return directory.Recall(project)?.View is not null;

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        try
        {
            return (await directory.FindAsync(project, CancellationToken.None).AsTask().WaitAsync(IDeniedActs.Patience, time)).View is not null;
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault))
        {
            return false;
        }
    }

    /// <summary>Where the request came from, as it goes on record.</summary>
    public static string? AddressOf(HttpContext context) => Cut(context.Connection.RemoteIpAddress?.ToString(), DenyAct.MaxName);

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
