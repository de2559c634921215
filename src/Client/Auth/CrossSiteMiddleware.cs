using AwoooP.Client.Problems;

namespace AwoooP.Client.Auth;

/// <summary>
/// A changing request that is known only by its cookie must come from a page of ours: its Origin is this host, or it carries the
/// console's own header. SameSite=Strict says the same to browsers; this does not rely on them.
/// </summary>
internal sealed partial class CrossSiteMiddleware(RequestDelegate next, ILogger<CrossSiteMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (OperatorIdentity.Of(context) is not { ViaCookie: true } who || !SameOrigin.IsUnsafe(context.Request) || SameOrigin.IsProven(context.Request))
            return next(context);

        LogRefused(who.OperatorId, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "-");
        return Problem.Forbidden("cross_site_request", $"A change by session needs this host's Origin or the header {SameOrigin.Header}.")
            .Result().ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a cross-site request in the name of {Operator}: {Method} {Endpoint}")]
    private partial void LogRefused(string @operator, string method, string endpoint);
}
