using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Budgets;

/// <summary>What an account answers to people, to callers of models, and to time. Pure.</summary>
internal static class BudgetDecider
{
    private const decimal Parts = 10_000;

    public static Decision<BudgetEvent> Set(Budget budget, BudgetTerms terms, SetBudget command, string by, DateTimeOffset now)
    {
        if (!terms.IsProject)
            return new Refusal(RefusalKind.Invalid, BudgetRefusals.NotTheProject, "Only the project's account holds limits.");
        if (BudgetValidation.Check(command) is { } invalid)
            return invalid;

        var draft = new BudgetDraft(budget, terms, now);
        draft.Raise(new BudgetSet(command.Plan, by, command.Reason));
        draft.Judge(isSet: true);
        return draft.ToDecision();
    }

    public static Decision<BudgetEvent> Reserve(Budget budget, BudgetTerms terms, ReserveSpending command, DateTimeOffset now)
    {
        if (BudgetValidation.Check(command, terms, now) is { } invalid)
            return invalid;

        var estimate = Rounded(command.Estimate);
        if (budget.Open.TryGetValue(command.CallId, out var open))
        {
            return open.Estimate == estimate
                ? Decision<BudgetEvent>.Nothing
                : new Refusal(RefusalKind.Conflict, "call_reserved", "The call is reserved already, with another estimate.");
        }

        // A kill whose period is over ends here, too: its wake-up may be late.
        var draft = new BudgetDraft(budget, terms, now);
        draft.Judge();
        if (draft.Budget.Kill is { } kill)
            return Killed(kill);
        if (budget.Open.Count >= BudgetLimits.MaxOpen)
            return new Refusal(RefusalKind.Conflict, BudgetRefusals.TooManyReservations, $"{BudgetLimits.MaxOpen} calls are under way on this account; try again when some have ended.");

        var told = command.Limits is null ? draft.Budget : draft.Budget with { Limits = command.Limits };
        foreach (var total in told.Periods)
        {
            var limits = terms.LimitsOf(told, total.Period);
            if (Excess(total, told.Reserved + estimate, limits) is { } excess)
                return new Refusal(RefusalKind.Conflict, terms.DoesNotFit(Excess(total, estimate, limits) is not null), excess);
        }

        draft.Raise(new SpendingReserved(command.CallId, estimate, ToMicrosecond(command.Deadline), command.Call, command.Limits));
        draft.Judge();
        return draft.ToDecision();
    }

    /// <summary>
    /// The project's account settles a call once: a repeat finds neither a reservation nor a charge, and changes nothing. The others take its word as it comes.
    /// </summary>
    public static Decision<BudgetEvent> Settle(Budget budget, BudgetTerms terms, SettleSpending command, DateTimeOffset now)
    {
        if (BudgetValidation.Check(command, terms) is { } invalid)
            return invalid;

        var charged = budget.FindCharged(command.CallId);
        var known = budget.Open.GetValueOrDefault(command.CallId) ?? charged;
        if (known is null && terms.IsProject)
            return Decision<BudgetEvent>.Nothing;

        return Settled(budget, terms, now, new SpendingSettled(
            command.CallId,
            Rounded(command.Actual),
            command.PromptTokens,
            command.CompletionTokens,
            known?.Call ?? command.Call,
            charged?.Estimate ?? default));
    }

    /// <summary>Of a call that is not known, nothing is left to give back.</summary>
    public static Decision<BudgetEvent> Release(Budget budget, BudgetTerms terms, ReleaseSpending command, DateTimeOffset now)
    {
        if (BudgetValidation.Check(command) is { } invalid)
            return invalid;

        // What was charged meanwhile is taken back as a call that cost nothing, so that the ledger and the other accounts learn of it.
        if (budget.FindCharged(command.CallId) is { } charged)
            return Settled(budget, terms, now, new SpendingSettled(command.CallId, default, 0, 0, charged.Call, charged.Estimate));
        if (!budget.Open.TryGetValue(command.CallId, out var open))
            return Decision<BudgetEvent>.Nothing;

        var draft = new BudgetDraft(budget, terms, now);
        draft.Raise(new SpendingReleased(command.CallId, command.Reason, open.Call));
        draft.Judge();
        return draft.ToDecision();
    }

    /// <summary>Time has passed: gives up what nobody settled, and opens an account whose period has ended.</summary>
    public static Decision<BudgetEvent> Wake(Budget budget, BudgetTerms terms, DateTimeOffset now)
    {
        var draft = new BudgetDraft(budget, terms, now);
        foreach (var late in budget.Open.Values.Where(late => late.Deadline + terms.Grace <= now).OrderBy(static late => late.Deadline))
            draft.Raise(new ReservationExpired(late.CallId, terms.IsProject ? late.Estimate : default, late.Call));

        draft.Judge();
        return draft.ToDecision();
    }

    private static Decision<BudgetEvent> Settled(Budget budget, BudgetTerms terms, DateTimeOffset now, SpendingSettled settled)
    {
        var draft = new BudgetDraft(budget, terms, now);
        draft.Raise(settled);
        draft.Judge();
        return draft.ToDecision();
    }

    private static Refusal Killed(BudgetKill kill) => new(
        RefusalKind.Conflict,
        BudgetRefusals.Killed,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The project's budget of the {Literal.Of(kill.Period)} is used up: no model is called until {kill.Until:yyyy-MM-dd HH:mm zzz}, or until an admin raises it."));

    /// <summary>One sentence about the unit that would exceed its limit; null when both fit.</summary>
    private static string? Excess(PeriodTotal total, Spending reserved, Allowance limits)
    {
        var wanted = total.Spent + reserved;
        if (wanted.Usd > limits.Usd)
            return string.Create(CultureInfo.InvariantCulture, $"With this call, {wanted.Usd} US dollars would be spent or set aside, of {limits.Usd} ({total.Key}).");

        return wanted.Tokens > limits.Tokens
            ? string.Create(CultureInfo.InvariantCulture, $"With this call, {wanted.Tokens} tokens would be spent or set aside, of {limits.Tokens} ({total.Key}).")
            : null;
    }

    /// <summary>To the 4 places that the ledger has; up, so that no number of cheap calls is free.</summary>
    private static Spending Rounded(Spending spending) => spending with { Usd = decimal.Ceiling(spending.Usd * Parts) / Parts };

    /// <summary>As the journal keeps wake-ups: what is due must not be rounded to before its time.</summary>
    private static DateTimeOffset ToMicrosecond(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
