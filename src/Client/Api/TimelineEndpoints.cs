using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder api) =>
        api.MapGet("/timeline", ListAsync).Needs(OperatorRole.Viewer).WithTags("timeline").WithName("ListTimeline").WithSummary("What happened, newest first");

    private static async Task<Results<Ok<Page<TimelineRow>>, ProblemResult>> ListAsync(
        [FromQuery(Name = "incident_id")] string? incidentId, [FromQuery(Name = "approval_id")] string? approvalId, string? since, string? cursor, string? limit,
        OperatorCall call, TimelineQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new TimelineFilter(
            bounds.Text("incident_id", incidentId, 64),
            bounds.Id("approval_id", approvalId)?.ToString("D"),
            bounds.Time("since", since));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, call.Language, cancellationToken));
    }
}
