using System.ComponentModel.DataAnnotations;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder api) =>
        api.MapGet("/timeline", ListAsync).Needs(OperatorRole.Viewer).WithTags("timeline").WithName("ListTimeline").WithSummary("What happened, newest first");

    private static async Task<Ok<Page<TimelineRow>>> ListAsync(
        [MaxLength(QueryText.MaxId)] QueryText incidentId, QueryUuid approvalId, QueryTime since, QueryTime until, QueryPage page,
        OperatorCall call, TimelineQueries queries, CancellationToken cancellationToken)
    {
        var filter = new TimelineFilter(incidentId.Value, approvalId.Value?.ToString("D"), since.Value, until.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, call.Language, cancellationToken));
    }
}
