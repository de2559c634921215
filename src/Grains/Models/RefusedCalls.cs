using AwoooP.Audit;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Runs;

namespace AwoooP.Models;

/// <summary>
/// Puts calls of models that agents may not make on record, bounded as what is refused to people is. Nobody waits for it beyond the call's deadline: what is
/// not on record by then is written behind the answer.
/// </summary>
internal sealed class RefusedCalls(IDeniedActs denied, IDurableClock clock, TimeProvider time)
{
    private const string Operation = "CallModel";

    /// <summary>There is no answer over HTTP; this is the one that an operator would have had.</summary>
    private const int Status = 403;

    /// <summary>By the gateway: the budget has no room for the call, or its terms do not allow it.</summary>
    public Task RecordAsync(PlatformEnvelope envelope, string code, CancellationToken cancellationToken)
    {
        var denial = DenialOf(
            envelope.ProjectId, envelope.AgentId, envelope.TraceId, code, $"model={envelope.Provider}/{envelope.Model}", envelope.RunId, envelope.IncidentId);
        return RecordAsync(denial, envelope.Deadline, cancellationToken);
    }

    /// <summary>Before a model was chosen: the agent's contract is not in force, or nothing can be asked by it.</summary>
    /// <param name="deadline">Of the call that there would have been.</param>
    public Task RecordAsync(string agentId, string code, StepContext context, DateTimeOffset deadline, CancellationToken cancellationToken) => RecordAsync(
        DenialOf(context.ProjectId, agentId, context.TraceId, code, $"agent={agentId}", context.RunId, context.IncidentId), deadline, cancellationToken);

    private async Task RecordAsync(Denial denial, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var left = deadline > now ? deadline - now : TimeSpan.Zero;
        await denied.RecordAsync(denial, now).WaitAsync(left < IDeniedActs.Patience ? left : IDeniedActs.Patience, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Denial DenialOf(string projectId, string agentId, string? traceId, string code, string what, Guid? runId, string? incidentId)
    {
        var target = what;
        if (runId is { } run)
            target += $" run_id={run}";
        if (incidentId is not null)
            target += $" incident_id={incidentId}";
        var act = new DenyAct(
            Operation, Status, code, $"{Status} {code}", target.Length <= DenyAct.MaxTarget ? target : target[..DenyAct.MaxTarget], null, null, null);
        var actor = Actors.OfAgent(agentId);
        // Agents are named by the contracts of their project.
        return new Denial(projectId, actor, $"{projectId} {actor}", traceId, act);
    }
}
