using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api) =>
        api.MapGet("/notifications", ListAsync).Needs(OperatorRole.Viewer).WithTags("notifications").WithName("ListNotifications")
            .WithSummary("What people were told and what came of it, newest first");

    private static async Task<Results<Ok<Page<NotificationRow>>, ProblemResult>> ListAsync(
        string? status, [FromQuery(Name = "incident_id")] string? incidentId, [FromQuery(Name = "approval_id")] string? approvalId, string? cursor, string? limit,
        OperatorCall call, NotificationQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new NotificationFilter(
            bounds.Choice<NotificationStatus>("status", status),
            bounds.Text("incident_id", incidentId, 64),
            bounds.Id("approval_id", approvalId)?.ToString("D"));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, cancellationToken));
    }
}
