using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Queries;
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

    private static async Task<Ok<Page<AgentRow>>> ListAgentsAsync(
        QueryChoice<Standing> status, QueryPage page, OperatorCall call, StandingQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.AgentsAsync(call.ProjectId, new StandingFilter(status.Value), page.Value, cancellationToken));

    private static async Task<Ok<Page<PolicyRow>>> ListPoliciesAsync(
        QueryChoice<Standing> status, QueryPage page, OperatorCall call, StandingQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.PoliciesAsync(call.ProjectId, new StandingFilter(status.Value), page.Value, cancellationToken));
}
