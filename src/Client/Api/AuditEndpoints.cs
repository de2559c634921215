using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ListAsync).Needs(OperatorRole.Viewer).WithTags("audit").WithName("ListAudit")
            .WithSummary("Operations that runs have executed on their targets, newest first");
        api.MapAuditTrail();
    }

    private static async Task<Results<Ok<Page<AuditRow>>, ProblemResult>> ListAsync(
        [FromQuery(Name = "approval_id")] string? approvalId, string? success, string? since, string? cursor, string? limit,
        OperatorCall call, AuditQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new AuditFilter(
            bounds.Id("approval_id", approvalId)?.ToString("D"),
            bounds.Flag("success", success),
            bounds.Time("since", since));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, cancellationToken));
    }
}
