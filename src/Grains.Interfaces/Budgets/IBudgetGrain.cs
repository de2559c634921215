using AwoooP.Commands;

namespace AwoooP.Budgets;

/// <summary>
/// An account of what models may cost, and have cost. Key: <c>{project_id}/</c> and a <see cref="BudgetAccount"/>. A call of a model is reserved in every account that
/// it touches, the project's last, so concurrent calls never spend the same money; what the project's account settles is what the ledger holds, and the
/// other accounts follow it.
/// </summary>
public interface IBudgetGrain : IAggregateGrain
{
    /// <summary>Replaces the project's limits. The project's account alone takes it.</summary>
    Task<CommandResult> SetAsync(SetBudget command, CancellationToken cancellationToken);

    /// <summary>Sets the estimate of a call aside, or refuses with one of <see cref="BudgetRefusals"/>.</summary>
    Task<CommandResult> ReserveAsync(ReserveSpending command, CancellationToken cancellationToken);

    /// <summary>The call was answered, or was cancelled after it was sent: what it cost takes the reservation's place.</summary>
    Task<CommandResult> SettleAsync(SettleSpending command, CancellationToken cancellationToken);

    /// <summary>The call was never sent, or the provider took no money for it.</summary>
    Task<CommandResult> ReleaseAsync(ReleaseSpending command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<BudgetView> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Reason">Why, 1 to 1,000 characters; it stands in the audit trail.</param>
public sealed record SetBudget(BudgetPlan Plan, string Reason);

/// <param name="CallId">Names the call in every account.</param>
/// <param name="Estimate">The most that it can cost.</param>
/// <param name="Deadline">When the call is over whatever happens; a reservation that is neither settled nor released by a while after it is charged as estimated.</param>
/// <param name="Limits">What binds an account that is not the project's; null for the project's, which holds its own.</param>
public sealed record ReserveSpending(Guid CallId, Spending Estimate, DateTimeOffset Deadline, ModelCall Call, Allowance? Limits = null);

/// <param name="Actual">Less than nothing where an account that is not the project's is told to give back what it was charged.</param>
/// <param name="Call">
/// As it was reserved: an account that the reservation never reached, or that gave it up meanwhile, charges it all the same. The project's lets every call in
/// itself, so one that it does not know is one that it has settled, and changes nothing.
/// </param>
public sealed record SettleSpending(Guid CallId, Spending Actual, int PromptTokens, int CompletionTokens, ModelCall Call);

public sealed record ReleaseSpending(Guid CallId, string Reason);

/// <summary>Which call of a model it was.</summary>
/// <param name="Provider">At most 32 characters.</param>
/// <param name="Model">As <see cref="ModelName"/> says.</param>
public sealed record ModelCall(string AgentId, string Provider, string Model, Guid? RunId = null, string? IncidentId = null);

/// <summary>What an account's period has come to, and what is still open in it.</summary>
/// <param name="Limits">In force for it; a part that is null does not bind.</param>
public sealed record PeriodView(BudgetPeriod Period, string Key, DateTimeOffset EndsAt, Allowance Limits, Spending Spent, Spending Reserved, int Reached);

/// <param name="Plan">What is in force for the project. Its account always has one, the installation's until somebody sets another; other accounts have none.</param>
/// <param name="IsDefault">Whether the plan is the installation's.</param>
/// <param name="Kill">Set while the project's budget is used up: no model is called for it until an admin raises the limit or the period ends.</param>
/// <param name="Periods">Day and month for the project and an agent; the whole for an incident or a run.</param>
public sealed record BudgetView(
    long Version, BudgetPlan? Plan, bool IsDefault, BudgetKill? Kill, IReadOnlyList<PeriodView> Periods, int OpenReservations)
{
    /// <summary>The plan that the project's account has. One that is missing is no plan without limits.</summary>
    /// <exception cref="InvalidOperationException">The account is another.</exception>
    public BudgetPlan PlanOfProject() => Plan ?? throw new InvalidOperationException("The account is not a project's: it has no plan.");
}

/// <param name="Until">The end of the period that is used up.</param>
public sealed record BudgetKill(BudgetPeriod Period, DateTimeOffset Since, DateTimeOffset Until);
