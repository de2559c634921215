namespace AwoooP.Budgets;

/// <summary>Bounds of an account; together they keep its state within the journal's.</summary>
internal static class BudgetLimits
{
    /// <summary>US dollars, of an amount or a limit.</summary>
    public const decimal MaxUsd = 999_999.9999m;

    /// <summary>Of an amount or a limit.</summary>
    public const long MaxTokens = 1_000_000_000_000;

    /// <summary>Reservations of one account that are neither settled nor released. Refusal: <see cref="BudgetRefusals.TooManyReservations"/>.</summary>
    public const int MaxOpen = 256;

    /// <summary>Calls that were charged as estimated and whose settlement may still come; of more, the oldest stay as they were charged.</summary>
    public const int MaxCharged = 64;

    /// <summary>Agents with limits of their own in a plan.</summary>
    public const int MaxAgents = 100;

    /// <summary>Characters.</summary>
    public const int MaxAgentId = 128;

    /// <summary>Characters.</summary>
    public const int MaxProvider = 32;

    /// <summary>Characters.</summary>
    public const int MaxIncidentId = 64;

    /// <summary>From a reservation to its deadline: nobody waits longer for a model, and what nobody settles must not hold money for ever.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromHours(1);

    /// <summary>How long after its deadline a call may still be settled before the project's account charges it as estimated.</summary>
    public static readonly TimeSpan ProjectGrace = TimeSpan.FromSeconds(60);

    /// <summary>How long the other accounts wait for the word of the project's, which is delivered and may lag.</summary>
    public static readonly TimeSpan OtherGrace = TimeSpan.FromMinutes(10);
}
