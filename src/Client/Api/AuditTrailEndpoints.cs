using System.ComponentModel;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
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

    private static async Task<Ok<Page<AuditEventRow>>> ListAsync(
        QueryText actor, QueryText act, QueryChoice<AuditOutcome> outcome, QueryText objectId, QueryTime since, QueryTime until, QueryChoice<AuditScope> scope,
        QueryPage page, OperatorCall call, AuditEventQueries queries, CancellationToken cancellationToken)
    {
        var filter = new AuditEventFilter(actor.Value, act.Value, outcome.Value, objectId.Value, since.Value, until.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectOf(scope.Value), filter, page.Value, cancellationToken));
    }

    private static async Task<Results<Ok<AuditEventRow>, ProblemResult>> FindAsync(
        [FromRoute] string position, QueryChoice<AuditScope> scope, OperatorCall call, AuditEventQueries queries, CancellationToken cancellationToken)
    {
        var project = call.ProjectOf(scope.Value);
        return Position.TryParse(position, out var place) && await queries.FindAsync(project, place, cancellationToken) is { } row
            ? TypedResults.Ok(row)
            : Problem.NotFound("audit_act_not_found", "There is no act at this position in this project.").Result();
    }

    private static async Task<Ok<Page<AuditHeadRow>>> HeadsAsync(
        QueryTime since, QueryTime until, QueryChoice<AuditScope> scope, QueryPage page, OperatorCall call, AuditHeadQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectOf(scope.Value), new AuditHeadFilter(since.Value, until.Value), page.Value, cancellationToken));

    private static async Task<Results<Ok<AuditCheck>, ProblemResult>> VerifyAsync(
        [Description("The next of the part before; the first part without it.")] QueryText from, QueryChoice<AuditScope> scope,
        OperatorCall call, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        var project = call.ProjectOf(scope.Value);
        try
        {
            return TypedResults.Ok(await verifier.VerifyAsync(project, from.Value, cancellationToken));
        }
        catch (InvalidCursorException)
        {
            return Problem.Invalid(new FieldError("from", "invalid_cursor", "from must be the next of the part before.")).Result();
        }
    }
}
