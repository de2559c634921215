using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AwoooP.Budgets;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Journal;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Records.Reading;
using AwoooP.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

/// <summary>What models may cost and have cost: the plan, the accounts, and the ledger that tells where it went.</summary>
internal static class BudgetEndpoints
{
    /// <summary>Days that a span of the greatest length can touch, the last begun one included.</summary>
    private const int MostDayRows = SpendSpan.MostDays + 1;

    private const int MostRows = 100;

    private static readonly Resource<IBudgetGrain, BudgetView, BudgetDetail> Budgets = new(
        "budget",
        static _ => BudgetAccount.Project,
        static async (grain, cancellationToken) => await grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => BudgetDetail.Of(call.ProjectId, view));

    public static void MapBudget(this IEndpointRouteBuilder api)
    {
        var budget = api.MapGroup("/budget").WithTags("budget");
        budget.MapGet("/", GetAsync).Needs(OperatorRole.Viewer).WithName("GetBudget").WithSummary("What models may cost the project, and have cost it this day and month");
        budget.MapPut("/", SetAsync).Needs(OperatorRole.Admin).WithName("SetBudget")
            .WithSummary("Replace the limits as a whole; a limit that is raised ends the stop of a budget that was used up");
        budget.MapGet("/accounts/{account}", GetAccountAsync).Needs(OperatorRole.Viewer).WithName("GetBudgetAccount")
            .WithSummary("What an agent, an incident or a run may cost, and has cost");
        budget.MapGet("/spend", SpendAsync).Needs(OperatorRole.Viewer).WithName("GetSpend")
            .WithSummary("What models have cost by day, agent, model, incident or run; this month by day unless said otherwise, 400 days at most");
        budget.MapGet("/ledger", LedgerAsync).Needs(OperatorRole.Viewer).WithName("ListLedger").WithSummary("Calls of models that were paid for, newest first");
    }

    private static Task<Results<Ok<BudgetDetail>, ProblemResult>> GetAsync(OperatorCall call, CancellationToken cancellationToken) =>
        Budgets.GetAsync(call, BudgetAccount.Project, cancellationToken);

    private static Task<Results<Ok<BudgetDetail>, ProblemResult>> SetAsync(JsonBody<SetBudgetRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new SetBudget(body.Value.Plan, Texts.Required("reason", body.Value.Reason));
        return Budgets.ActAsync(call, BudgetAccount.Project, grain => grain.SetAsync(command, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<BudgetAccountDetail>, ProblemResult>> GetAccountAsync(
        [FromRoute] string account, OperatorCall call, CancellationToken cancellationToken)
    {
        if (AccountId.IsValid(account))
        {
            var grain = call.Grain<IBudgetGrain>(account);
            // One that nothing was ever reserved in is told from one that has spent nothing: an id with a slip of the pen must not look like a saving.
            if (await call.AskAsync(() => grain.GetAsync(cancellationToken)) is { Version: > 0 } view)
            {
                call.Tag(view.Version);
                return TypedResults.Ok(BudgetAccountDetail.Of(call.ProjectId, account, view));
            }
        }

        return Problem.NotFound("budget_account_not_found", "No model was ever called for such an agent, incident or run of this project.").Result();
    }

    private static async Task<Results<Ok<SpendReport>, ProblemResult>> SpendAsync(
        [Description("What the costs are summed up by; by day unless given.")] QueryChoice<SpendBy> by,
        [Description("Not before this time (ISO 8601; UTC when it names no offset); the beginning of this month unless given.")] QueryTime since,
        [Description("Before this time (ISO 8601; UTC when it names no offset); the end of today unless given.")] QueryTime until,
        OperatorCall call, BudgetQueries queries, IDurableClock clock, PlatformZone zone, CancellationToken cancellationToken)
    {
        var grouping = by.Value ?? SpendBy.Day;
        var span = SpendSpan.Of(since.Value, until.Value, zone, clock.Now);
        var most = grouping == SpendBy.Day ? MostDayRows : MostRows;
        var rows = await queries.SpendAsync(call.ProjectId, new SpendFilter(grouping, span.Since, span.Until, most + 1), cancellationToken);
        return TypedResults.Ok(new SpendReport(call.ProjectId, grouping, span.Since, span.Until, [.. rows.Take(most)], rows.Count > most));
    }

    private static async Task<Ok<Page<LedgerRow>>> LedgerAsync(
        [MaxLength(AccountId.MaxAgentId)] QueryText agentId, QueryUuid runId, [MaxLength(QueryText.MaxId)] QueryText incidentId,
        [MaxLength(ModelName.MaxLength)] QueryText model, QueryPage page, OperatorCall call, BudgetQueries queries, CancellationToken cancellationToken)
    {
        var filter = new LedgerFilter(agentId.Value, runId.Value, incidentId.Value, model.Value);
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page.Value, cancellationToken));
    }
}
