using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Operators;
using AwoooP.Retention;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

/// <summary>How long the rows of record tables are kept, and what the last sweep did.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api)
    {
        var retention = api.MapGroup("/retention").AsksOfProjects(ProjectRule.Known).WithTags("retention");
        retention.MapGet("/", GetAsync).Needs(OperatorRole.Viewer).WithName("GetRetention").WithSummary("How long rows are kept, and what the last sweep removed");
        retention.MapPut("/", SetAsync).Needs(OperatorRole.Admin).WithName("SetRetention").WithSummary("Replace the project's own terms as a whole, each within its bounds");
    }

    private static async Task<Results<Ok<RetentionView>, ProblemResult>> GetAsync(OperatorCall call, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(call, cancellationToken));

    private static async Task<Results<Ok<RetentionView>, ProblemResult>> SetAsync(
        JsonBody<SetRetentionRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new SetRetentionTerms(body.Value.Days);
        var result = await call.SendAsync(() => Grain(call).SetTermsAsync(command, cancellationToken));
        return result.IsAccepted ? TypedResults.Ok(await ReadAsync(call, cancellationToken)) : Problem.Of(result).Result();
    }

    private static async Task<RetentionView> ReadAsync(OperatorCall call, CancellationToken cancellationToken)
    {
        var view = await call.AskAsync(() => Grain(call).GetAsync(cancellationToken));
        call.Tag(view.Version);
        return view;
    }

    private static IRetentionGrain Grain(OperatorCall call) => call.Grain<IRetentionGrain>(IRetentionGrain.Key);
}
