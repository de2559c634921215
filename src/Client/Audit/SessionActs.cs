using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Commands;
using AwoooP.Operators;

namespace AwoooP.Client.Audit;

/// <summary>
/// Puts on record that somebody signs in and out of the console, among the operators: a session is of no project. What cannot be put on record does not
/// happen, so a fault of the journal is the caller's answer.
/// </summary>
internal sealed class SessionActs(IClusterClient cluster, TimeProvider time)
{
    /// <summary>Before the cookie is given.</summary>
    public Task BeginAsync(HttpContext http, OperatorPrincipal who, DateTimeOffset endsAt) =>
        TellAsync(http, who, grain => grain.BeginSessionAsync(new BeginSession(who.Method, who.KeyId, RequestDenial.AddressOf(http), endsAt), http.RequestAborted));

    /// <summary>Before the cookie is taken.</summary>
    public Task EndAsync(HttpContext http, OperatorPrincipal who) =>
        TellAsync(http, who, grain => grain.EndSessionAsync(new EndSession(who.Method, who.KeyId, RequestDenial.AddressOf(http)), http.RequestAborted));

    private async Task TellAsync(HttpContext http, OperatorPrincipal who, Func<IAuditGrain, Task<CommandResult>> tell)
    {
        CallContext.Current = new CallContext
        {
            ProjectId = IOperatorKeyGrain.Project,
            Actor = who.OperatorId,
            TraceId = TraceContext.Of(http).TraceId,
            CommandId = Guid.CreateVersion7(time.GetUtcNow()),
        };
        var result = await tell(cluster.GetGrain<IAuditGrain>($"{IOperatorKeyGrain.Project}/{IAuditGrain.Key}"));
        if (result is { Refusal: { } refusal })
            throw new InvalidOperationException($"The audit trail refused a session: {refusal.Code}");
    }
}
