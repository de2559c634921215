using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Runs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("runs");
        runs.MapGet("/{run_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetRun").WithSummary("One run with its steps");
        runs.MapPost("/{run_id}/cancel", CancelAsync).Needs(OperatorRole.Operator).WithName("CancelRun").WithSummary("Stop a run");
    }

    private static async Task<Results<Ok<RunDetail>, ProblemResult>> GetAsync([FromRoute(Name = "run_id")] string runId, OperatorCall call, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(runId, "D", out var id))
            return Missing().Result();

        return await call.AskAsync(() => call.Grain<IRunGrain>(id.ToString("D")).GetAsync(cancellationToken)) is { } view
            ? Answer(call, view)
            : Missing().Result();
    }

    private static async Task<Results<Ok<RunDetail>, ProblemResult>> CancelAsync([FromRoute(Name = "run_id")] string runId, JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(runId, "D", out var id))
            return Missing().Result();

        var grain = call.Grain<IRunGrain>(id.ToString("D"));
        var command = new CancelRun(Texts.Optional("reason", body.Value.Reason));
        var result = await call.SendAsync(() => grain.CancelAsync(command, cancellationToken));
        if (!result.IsAccepted)
            return Problem.Of(result).Result();

        return await call.AskAsync(() => grain.GetAsync(cancellationToken)) is { } view ? Answer(call, view) : Missing().Result();
    }

    private static Ok<RunDetail> Answer(OperatorCall call, RunView view)
    {
        call.Tag(view.Version);
        return TypedResults.Ok(RunDetail.Of(call.ProjectId, view));
    }

    private static ProblemDocument Missing() => Problem.NotFound("run_not_found", "There is no such run in this project.");
}
