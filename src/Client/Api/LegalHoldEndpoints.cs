using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Client.Queries;
using AwoooP.Commands;
using AwoooP.Holds;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

/// <summary>
/// Legal holds. Whoever removes rows goes by the table, so a hold is answered only once it stands there: from the answer on nothing goes that it keeps.
/// </summary>
internal static class LegalHoldEndpoints
{
    private static ProblemResult Missing => Problem.NotFound("legal_hold_not_found", "There is no such hold in this project.").Result();

    public static void MapLegalHolds(this IEndpointRouteBuilder api)
    {
        var holds = api.MapGroup("/legal-holds").AsksOfProjects(ProjectRule.Known).WithTags("retention");
        holds.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListLegalHolds").WithSummary("Legal holds, newest first");
        holds.MapGet("/{hold_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetLegalHold").WithSummary("One legal hold");
        holds.MapPost("/", PlaceAsync).Needs(OperatorRole.Admin).WithName("PlaceLegalHold")
            .WithSummary("Keep a project, or one incident with its rows, from being removed, whatever their terms");
        holds.MapPost("/{hold_id}/release", ReleaseAsync).Needs(OperatorRole.Admin).WithName("ReleaseLegalHold").WithSummary("Let the terms count again");
    }

    private static async Task<Ok<Page<LegalHoldRow>>> ListAsync(
        QueryFlag open, QueryPage page, OperatorCall call, LegalHoldQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectId, new LegalHoldFilter(open.Value), page.Value, cancellationToken));

    private static async Task<Results<Ok<LegalHoldRow>, ProblemResult>> GetAsync(
        [FromRoute(Name = "hold_id")] string holdId, OperatorCall call, LegalHoldQueries queries, CancellationToken cancellationToken) =>
        Guid.TryParseExact(holdId, "D", out var id) && await queries.FindAsync(call.ProjectId, id, cancellationToken) is { } row
            ? TypedResults.Ok(row)
            : Missing;

    private static async Task<Results<Created<LegalHoldRow>, ProblemResult>> PlaceAsync(
        JsonBody<PlaceLegalHoldRequest> body, OperatorCall call, LegalHoldQueries queries, IPositionWaiter waiter, IOptions<FrontOptions> options,
        CancellationToken cancellationToken)
    {
        var incident = IncidentOf(body.Value);
        var reason = Texts.Required("reason", body.Value.Reason);

        // A slip of the pen in an id would otherwise keep nothing, and say that it does.
        if (incident is not null && await call.AskAsync(() => call.Grain<IIncidentGrain>(incident).GetAsync(cancellationToken)) is null)
            return Problem.NotFound("incident_not_found", "There is no such incident in this project.").Result();

        var id = Guid.Parse(await call.ResourceAsync(() => Guid.CreateVersion7(call.Time.GetUtcNow()).ToString("D")));
        var result = await call.SendAsync(() => Holds(call).PlaceAsync(new PlaceLegalHold(id, incident, reason), cancellationToken));
        if (!result.IsAccepted)
            return Problem.Of(result).Result();

        var row = await ReadAsync(call, id, result, queries, waiter, options.Value, cancellationToken);
        return TypedResults.Created($"{PlatformApi.Root}/legal-holds/{id:D}", row);
    }

    private static async Task<Results<Ok<LegalHoldRow>, ProblemResult>> ReleaseAsync(
        [FromRoute(Name = "hold_id")] string holdId, JsonBody<ReleaseLegalHoldRequest> body, OperatorCall call, LegalHoldQueries queries, IPositionWaiter waiter,
        IOptions<FrontOptions> options, CancellationToken cancellationToken)
    {
        var reason = Texts.Required("reason", body.Value.Reason);
        if (!Guid.TryParseExact(holdId, "D", out var id))
            return Missing;

        var result = await call.SendAsync(() => Holds(call).ReleaseAsync(new ReleaseLegalHold(id, reason), cancellationToken));
        return result.IsAccepted
            ? TypedResults.Ok(await ReadAsync(call, id, result, queries, waiter, options.Value, cancellationToken))
            : Problem.Of(result).Result();
    }

    /// <exception cref="ProblemException">The table does not show the change in time.</exception>
    private static async Task<LegalHoldRow> ReadAsync(
        OperatorCall call, Guid id, CommandResult result, LegalHoldQueries queries, IPositionWaiter waiter, FrontOptions options, CancellationToken cancellationToken) =>
        (!Position.TryParse(result.Position, out var position) || await waiter.WaitAsync(position, options.AfterTimeout, cancellationToken))
        && await queries.FindAsync(call.ProjectId, id, cancellationToken) is { } row
            ? row
            : throw new ProblemException(Problem.ChangedNotRead());

    private static ILegalHoldsGrain Holds(OperatorCall call) => call.Grain<ILegalHoldsGrain>(ILegalHoldsGrain.Key);

    private static string? IncidentOf(PlaceLegalHoldRequest request) => (request.Scope, request.IncidentId) switch
    {
        (LegalHoldScope.Project, null) => null,
        (LegalHoldScope.Incident, { } id) when IncidentId.IsValid(id) => id,
        (LegalHoldScope.Project, _) =>
            throw new ProblemException(Problem.Invalid(new FieldError("$.incident_id", "not_expected", "incident_id goes with scope incident alone."))),
        (LegalHoldScope.Incident, _) =>
            throw new ProblemException(Problem.Invalid(new FieldError("$.incident_id", "invalid_id", "incident_id must be the id of an incident."))),
        _ => throw new ProblemException(Problem.Invalid(new FieldError("$.scope", "unknown_value", "scope must be project or incident.", "project, incident"))),
    };
}
