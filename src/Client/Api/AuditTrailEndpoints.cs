using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Journal;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

/// <summary>The audit trail: every act, the signed heads of its chains, and their check.</summary>
internal static class AuditTrailEndpoints
{
    public static void MapAuditTrail(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("audit");
        audit.MapGet("/acts", ListAsync).Needs(OperatorRole.Viewer).WithName("ListAuditActs")
            .WithSummary("Acts of operators, agents and the platform, also those that were refused, newest first");
        audit.MapGet("/acts/{position}", FindAsync).Needs(OperatorRole.Viewer).WithName("GetAuditAct").WithSummary("The act at a position of the log");
        audit.MapGet("/heads", HeadsAsync).Needs(OperatorRole.Viewer).WithName("ListAuditHeads").WithSummary("Signed heads of the audit chains, newest first");
        audit.MapGet("/verify", VerifyAsync).Needs(OperatorRole.Admin).WithName("VerifyAudit")
            .WithSummary("Check the audit chains, in parts: ask again with from = next until it is null");
    }

    private static async Task<Results<Ok<Page<AuditEventRow>>, ProblemResult>> ListAsync(
        string? actor, string? act, string? outcome, [FromQuery(Name = "object_id")] string? objectId, string? since, string? until, string? scope,
        string? cursor, string? limit, OperatorCall call, AuditEventQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new AuditEventFilter(
            bounds.Text("actor", actor),
            bounds.Text("act", act),
            bounds.Choice<AuditOutcome>("outcome", outcome),
            bounds.Text("object_id", objectId),
            bounds.Time("since", since),
            bounds.Time("until", until));
        var whose = bounds.Choice<AuditScope>("scope", scope);
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectOf(whose), filter, page, cancellationToken));
    }

    private static async Task<Results<Ok<AuditEventRow>, ProblemResult>> FindAsync(
        [FromRoute] string position, string? scope, OperatorCall call, AuditEventQueries queries, CancellationToken cancellationToken)
    {
        var project = call.ProjectOf(ReadScope(scope));
        return Position.TryParse(position, out var place) && await queries.FindAsync(project, place, cancellationToken) is { } row
            ? TypedResults.Ok(row)
            : Problem.NotFound("audit_act_not_found", "There is no act at this position in this project.").Result();
    }

    private static async Task<Results<Ok<Page<AuditHeadRow>>, ProblemResult>> HeadsAsync(
        string? since, string? scope, string? cursor, string? limit, OperatorCall call, AuditHeadQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var from = bounds.Time("since", since);
        var whose = bounds.Choice<AuditScope>("scope", scope);
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectOf(whose), from, page, cancellationToken));
    }

    private static async Task<Results<Ok<AuditCheck>, ProblemResult>> VerifyAsync(
        string? from, string? scope, OperatorCall call, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        var project = call.ProjectOf(ReadScope(scope));
        try
        {
            return TypedResults.Ok(await verifier.VerifyAsync(project, from, cancellationToken));
        }
        catch (InvalidCursorException)
        {
            return Problem.Invalid(new FieldError("from", "invalid_cursor", "from must be the next of the part before.")).Result();
        }
    }

    private static AuditScope? ReadScope(string? scope)
    {
        var bounds = new QueryBounds();
        var whose = bounds.Choice<AuditScope>("scope", scope);
        bounds.ThrowIfBroken();
        return whose;
    }
}
