using AwoooP.Alerts;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Incidents;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class IncidentEndpoints
{
    private static readonly Resource<IIncidentGrain, IncidentView, IncidentDetail> Incidents = new(
        "incident",
        static id => IncidentId.IsValid(id) ? id : null,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => IncidentDetail.Of(call.ProjectId, view));

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("incidents");
        incidents.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListIncidents").WithSummary("Incidents, newest first");
        incidents.MapGet("/{incident_id}/timeline", TimelineAsync).Needs(OperatorRole.Viewer).WithName("GetIncidentTimeline")
            .WithSummary("The story of one incident from its beginning on, with its approvals, runs and notifications");
        incidents.MapGet("/{incident_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetIncident")
            .WithSummary("One incident, with its plan and what may be done now");
        incidents.MapPost("/{incident_id}/acknowledge", AcknowledgeAsync).Needs(OperatorRole.Operator).WithName("AcknowledgeIncident")
            .WithSummary("Say that a person looks at it");
        incidents.MapPost("/{incident_id}/escalate", EscalateAsync).Needs(OperatorRole.Operator).WithName("EscalateIncident").WithSummary("Hand it to people");
        incidents.MapPost("/{incident_id}/resolve", ResolveAsync).Needs(OperatorRole.Operator).WithName("ResolveIncident").WithSummary("Say that it is over");
        incidents.MapPost("/{incident_id}/close", CloseAsync).Needs(OperatorRole.Operator).WithName("CloseIncident").WithSummary("Close it for good: one that is resolved, or one under investigation that needs nothing");
    }

    private static async Task<Ok<Page<IncidentRow>>> ListAsync(
        QueryChoice<IncidentStatus> status, QueryChoice<Severity> severity, QueryText category, QueryTime since, QueryTime until, QueryPage page,
        OperatorCall call, IncidentQueries queries, CancellationToken cancellationToken)
    {
        var filter = new IncidentFilter(status.Value, severity.Value, category.Value, since.Value, until.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, cancellationToken));
    }

    private static async Task<Results<Ok<Page<TimelineRow>>, ProblemResult>> TimelineAsync(
        [FromRoute(Name = "incident_id")] string incidentId, QueryPage page,
        OperatorCall call, TimelineQueries queries, CancellationToken cancellationToken) =>
        IncidentId.IsValid(incidentId)
            ? TypedResults.Ok(await queries.StoryAsync(call.ProjectId, incidentId, page.Value, call.Language, cancellationToken))
            : Incidents.Missing;

    private static Task<Results<Ok<IncidentDetail>, ProblemResult>> GetAsync(
        [FromRoute(Name = "incident_id")] string incidentId, OperatorCall call, CancellationToken cancellationToken) =>
        Incidents.GetAsync(call, incidentId, cancellationToken);

    private static Task<Results<Ok<IncidentDetail>, ProblemResult>> AcknowledgeAsync(
        [FromRoute(Name = "incident_id")] string incidentId, JsonBody<CommentRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new AcknowledgeIncident(Texts.Optional("comment", body.Value.Comment));
        return Incidents.ActAsync(call, incidentId, grain => grain.AcknowledgeAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<IncidentDetail>, ProblemResult>> EscalateAsync(
        [FromRoute(Name = "incident_id")] string incidentId, JsonBody<ReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new EscalateIncident(Texts.Required("reason", body.Value.Reason));
        return Incidents.ActAsync(call, incidentId, grain => grain.EscalateAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<IncidentDetail>, ProblemResult>> ResolveAsync(
        [FromRoute(Name = "incident_id")] string incidentId, JsonBody<CommentRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new ResolveIncident(Texts.Optional("comment", body.Value.Comment));
        return Incidents.ActAsync(call, incidentId, grain => grain.ResolveAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<IncidentDetail>, ProblemResult>> CloseAsync(
        [FromRoute(Name = "incident_id")] string incidentId, JsonBody<CommentRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new CloseIncident(Texts.Optional("comment", body.Value.Comment));
        return Incidents.ActAsync(call, incidentId, grain => grain.CloseAsync(command, cancellationToken), cancellationToken);
    }
}
