using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ListAsync).Needs(OperatorRole.Viewer).WithTags("audit").WithName("ListAudit")
            .WithSummary("Operations that runs have executed on their targets, newest first");
        api.MapAuditTrail();
    }

    private static async Task<Ok<Page<AuditRow>>> ListAsync(
        QueryUuid approvalId, QueryFlag success, QueryTime since, QueryTime until, QueryPage page, OperatorCall call, AuditQueries queries, CancellationToken cancellationToken)
    {
        var filter = new AuditFilter(approvalId.Value?.ToString("D"), success.Value, since.Value, until.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, cancellationToken));
    }
}
