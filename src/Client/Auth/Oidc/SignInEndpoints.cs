using AwoooP.Client.Api;
using AwoooP.Client.Audit;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>
/// What the sign-in page and the provider lead a browser to. They are pages and no operations of the API: nobody is known yet, a provider may add
/// parameters of its own, and what goes wrong is told by the sign-in page.
/// </summary>
internal static partial class SignInEndpoints
{
    public const string Root = $"{PlatformApi.Root}/sign-in";
    public const string CallbackPath = $"{Root}/callback";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var signIn = routes.MapGroup(Root).AllowAnonymous().WithMetadata(BoundBySource.Instance).ExcludeFromDescription();
        signIn.MapGet("/", List);
        signIn.MapGet("/{issuer}/begin", BeginAsync);
        signIn.MapGet("/callback", EndAsync);
    }

    /// <summary>Where people may sign in beside by a key; empty without such providers.</summary>
    private static Ok<IReadOnlyList<OfferedIssuer>> List(CodeFlow flow) =>
        TypedResults.Ok<IReadOnlyList<OfferedIssuer>>([.. flow.Offered.Select(static issuer => new OfferedIssuer(issuer.Name, issuer.Label ?? issuer.Name))]);

    private static async Task<RedirectHttpResult> BeginAsync(
        HttpContext http, [FromRoute] string issuer, [FromQuery(Name = "return_to")] string? returnTo, CodeFlow flow)
    {
        Forget(http);
        var (location, refusal) = await flow.BeginAsync(http, issuer, returnTo);
        return location is null ? ToSignIn(refusal!) : TypedResults.Redirect(location);
    }

    private static async Task<RedirectHttpResult> EndAsync(
        HttpContext http, CodeFlow flow, ConsoleSession session, SessionActs acts, FailedSignIns failed, ILogger<CodeFlow> logger)
    {
        Forget(http);
        var (who, returnTo, refusal) = await flow.EndAsync(http);
        if (who is null)
        {
            LogRefused(logger, refusal!, http.Connection.RemoteIpAddress?.ToString());
            await RequestDenial.RecordSignInAsync(http, refusal!);
            return ToSignIn(failed.Count(http.Connection.RemoteIpAddress, Problem.Unauthorized(refusal!, "The sign-in came to nothing.")).Code);
        }

        var ends = session.EndOf(who);
        try
        {
            await acts.BeginAsync(http, who, ends);
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !http.RequestAborted.IsCancellationRequested)
        {
            LogNotRecorded(logger, who.OperatorId, fault.GetType().Name);
            return ToSignIn(SignInRefusals.NotRecorded);
        }

        session.Begin(http, who, ends);
        LogSignedIn(logger, who.OperatorId);
        return TypedResults.Redirect(returnTo);
    }

    private static RedirectHttpResult ToSignIn(string code) => TypedResults.Redirect($"/?sign_in_error={code}");

    /// <summary>Neither codes nor cookies are for caches.</summary>
    private static void Forget(HttpContext http) => http.Response.Headers.CacheControl = "no-store";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in at a provider was refused: {Code}, from {Address}")]
    private static partial void LogRefused(ILogger logger, string code, string? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Operator} could not sign in, since it cannot be put on record at the moment ({Fault})")]
    private static partial void LogNotRecorded(ILogger logger, string @operator, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operator} signed in at their provider")]
    private static partial void LogSignedIn(ILogger logger, string @operator);
}

/// <summary>A provider at which people may sign in.</summary>
/// <param name="Name">For the address.</param>
/// <param name="Label">For people.</param>
public sealed record OfferedIssuer(string Name, string Label);
