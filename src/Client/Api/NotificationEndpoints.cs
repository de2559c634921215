using System.ComponentModel.DataAnnotations;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Queries;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AwoooP.Client.Api;

internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api) =>
        api.MapGet("/notifications", ListAsync).Needs(OperatorRole.Viewer).WithTags("notifications").WithName("ListNotifications")
            .WithSummary("What people were told and what came of it, newest first");

    private static async Task<Ok<Page<NotificationRow>>> ListAsync(
        QueryChoice<NotificationStatus> status, [MaxLength(QueryText.MaxId)] QueryText incidentId, QueryUuid approvalId, QueryPage page,
        OperatorCall call, NotificationQueries queries, CancellationToken cancellationToken)
    {
        var filter = new NotificationFilter(status.Value, incidentId.Value, approvalId.Value?.ToString("D"));
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, cancellationToken));
    }
}
