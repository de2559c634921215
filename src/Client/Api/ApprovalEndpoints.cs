using System.ComponentModel.DataAnnotations;
using AwoooP.Approvals;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class ApprovalEndpoints
{
    private static readonly Resource<IApprovalGrain, ApprovalView, ApprovalDetail> Approvals = new(
        "approval",
        PathId.Uuid,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => ApprovalDetail.Of(call.ProjectId, view));

    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("approvals");
        approvals.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListApprovals").WithSummary("Requests for signatures, newest first");
        approvals.MapGet("/{approval_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetApproval")
            .WithSummary("One request for signatures, with its plan and votes");

        // Who may vote is the approval's own decision: it has a refusal of its own for those who may not.
        approvals.MapPost("/{approval_id}/votes", VoteAsync).Needs(OperatorRole.Viewer).WithName("VoteOnApproval").WithSummary("Sign for or against a plan");
        approvals.MapPost("/{approval_id}/cancel", CancelAsync).Needs(OperatorRole.Approver).WithName("CancelApproval").WithSummary("Withdraw a request for signatures");
    }

    private static async Task<Ok<Page<ApprovalRow>>> ListAsync(
        QueryChoice<ApprovalStatus> status, [MaxLength(QueryText.MaxId)] QueryText incidentId, QueryPage page,
        OperatorCall call, ApprovalQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectId, new ApprovalFilter(status.Value, incidentId.Value), page.Value, cancellationToken));

    private static Task<Results<Ok<ApprovalDetail>, ProblemResult>> GetAsync(
        [FromRoute(Name = "approval_id")] string approvalId, OperatorCall call, CancellationToken cancellationToken) =>
        Approvals.GetAsync(call, approvalId, cancellationToken);

    private static Task<Results<Ok<ApprovalDetail>, ProblemResult>> VoteAsync(
        [FromRoute(Name = "approval_id")] string approvalId, JsonBody<VoteRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var vote = new CastVote(
            call.Identity.OperatorId,
            call.Identity.RoleIn(call.ProjectId) >= OperatorRole.Approver,
            body.Value.Choice,
            call.Identity.Method,
            Texts.Optional("comment", body.Value.Comment),
            call.Identity.Who.IssuedBy);
        return Approvals.ActAsync(call, approvalId, grain => grain.VoteAsync(vote, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<ApprovalDetail>, ProblemResult>> CancelAsync(
        [FromRoute(Name = "approval_id")] string approvalId, JsonBody<ReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new CancelApproval(Texts.Required("reason", body.Value.Reason));
        return Approvals.ActAsync(call, approvalId, grain => grain.CancelAsync(command, cancellationToken), cancellationToken);
    }
}
