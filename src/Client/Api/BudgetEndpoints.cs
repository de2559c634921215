using AwoooP.Budgets;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Incidents;
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
    private const int MaxAgentId = 128;

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
        if (IsPart(account))
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
        string? by, string? from, string? to, OperatorCall call, BudgetQueries queries, IDurableClock clock, PlatformZone zone, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var grouping = bounds.Choice<SpendBy>("by", by) ?? SpendBy.Day;
        var span = SpendSpan.Read(bounds, from, to, zone, clock.Now);
        bounds.ThrowIfBroken();

        var most = grouping == SpendBy.Day ? MostDayRows : MostRows;
        var rows = await queries.SpendAsync(call.ProjectId, new SpendFilter(grouping, span.From, span.To, most + 1), cancellationToken);
        return TypedResults.Ok(new SpendReport(call.ProjectId, grouping, span.From, span.To, [.. rows.Take(most)], rows.Count > most));
    }

    private static async Task<Results<Ok<Page<LedgerRow>>, ProblemResult>> LedgerAsync(
        [FromQuery(Name = "agent_id")] string? agentId, [FromQuery(Name = "run_id")] string? runId, [FromQuery(Name = "incident_id")] string? incidentId,
        string? model, string? cursor, string? limit, OperatorCall call, BudgetQueries queries, CancellationToken cancellationToken)
    {
        var bounds = new QueryBounds();
        var filter = new LedgerFilter(
            bounds.Text("agent_id", agentId, MaxAgentId), bounds.Id("run_id", runId), bounds.Text("incident_id", incidentId, 30), bounds.Text("model", model, 64));
        var page = bounds.Page(cursor, limit);
        bounds.ThrowIfBroken();
        return TypedResults.Ok(await queries.ListAsync(call.ProjectId, filter, page, cancellationToken));
    }

    /// <summary>Whether it can be the account of an agent, an incident or a run: ids in the one form that the platform writes.</summary>
    private static bool IsPart(string account)
    {
        var id = account[(account.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (BudgetAccount.IsRun(account))
            return PathId.Uuid(id) == id;

        return BudgetAccount.IsIncident(account) ? IncidentId.IsValid(id) : BudgetAccount.IsAgent(account) && IsAgentId(id);
    }

    private static bool IsAgentId(string id) =>
        id is { Length: >= 1 and <= MaxAgentId } && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '@' or '-');
}
