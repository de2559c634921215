using System.ComponentModel.DataAnnotations;
using AwoooP.Brakes;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using AwoooP.Runs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class RunEndpoints
{
    private static readonly Resource<IRunGrain, RunView, RunDetail> Runs = new(
        "run",
        PathId.Uuid,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => RunDetail.Of(call.ProjectId, view, call.Language));

    /// <summary>How long a run that is read waits for what holds it back: the call of a brake that is out of reach takes many times that to fail.</summary>
    private static readonly TimeSpan BrakeWait = TimeSpan.FromSeconds(1);

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("runs");
        runs.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListRuns").WithSummary("Runs, newest first");
        runs.MapGet("/{run_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetRun").WithSummary("One run with its steps");
        runs.MapPost("/{run_id}/cancel", CancelAsync).Needs(OperatorRole.Operator).WithName("CancelRun").WithSummary("Stop a run");
    }

    private static async Task<Ok<Page<RunRow>>> ListAsync(
        QueryChoice<RunState> state, QueryText agentId, QueryText kind, [MaxLength(QueryText.MaxId)] QueryText incidentId,
        QueryTime since, QueryTime until, QueryPage page, OperatorCall call, RunQueries queries, CancellationToken cancellationToken)
    {
        var filter = new RunFilter(state.Value, agentId.Value, kind.Value, incidentId.Value, since.Value, until.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, cancellationToken));
    }

    private static async Task<Results<Ok<RunDetail>, ProblemResult>> GetAsync(
        [FromRoute(Name = "run_id")] string runId, OperatorCall call, CancellationToken cancellationToken)
    {
        var answer = await Runs.GetAsync(call, runId, cancellationToken);
        return answer.Result is Ok<RunDetail> { Value: { } run } && !run.State.IsTerminal()
            ? TypedResults.Ok(run with { HeldBy = await FindPauseAsync(call, run.Plan.PlaybookId, cancellationToken) })
            : answer;
    }

    /// <summary>The run is what was asked for: it is told without its pause while the brakes cannot be reached in time.</summary>
    private static async Task<PauseEntry?> FindPauseAsync(OperatorCall call, string playbookId, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(BrakeWait, call.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // A turn that hangs looks at no token.
            var paused = await PauseState.ReadAsync(call, ended.Token).WaitAsync(ended.Token);
            return paused.All ?? call.Suspension?.ToPause() ?? paused.Over(playbookId);
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Task<Results<Ok<RunDetail>, ProblemResult>> CancelAsync(
        [FromRoute(Name = "run_id")] string runId, JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new CancelRun(Texts.Optional("reason", body.Value.Reason));
        return Runs.ActAsync(call, runId, grain => grain.CancelAsync(command, cancellationToken), cancellationToken);
    }
}
