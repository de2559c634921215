using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

/// <summary>Who and what contracts have put in force. They are changed by their contracts alone.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agents", ListAgentsAsync).Needs(OperatorRole.Viewer).WithTags("contracts").WithName("ListAgents")
            .WithSummary("Agents by their contracts in force, newest first");
        api.MapGet("/policies", ListPoliciesAsync).Needs(OperatorRole.Viewer).WithTags("contracts").WithName("ListPolicies")
            .WithSummary("Policies by their contracts in force, newest first");
    }

    private static async Task<Results<Ok<Page<AgentRow>>, ProblemResult>> ListAgentsAsync(
        string? status, string? cursor, string? limit, OperatorCall call, AgentQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new StandingFilter(bounds.Choice<Standing>("status", status));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, cancellationToken));
    }

    private static async Task<Results<Ok<Page<PolicyRow>>, ProblemResult>> ListPoliciesAsync(
        string? status, string? cursor, string? limit, OperatorCall call, PolicyQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new StandingFilter(bounds.Choice<Standing>("status", status));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, cancellationToken));
    }
}
