using AwoooP.Commands;

namespace AwoooP.Budgets;

/// <summary>How the platform itself asks for the budget of the project in whose name it works.</summary>
internal static class BudgetLookup
{
    /// <summary>Why no model may be asked for the project of the call; null while models may be.</summary>
    /// <exception cref="CallContextException">There is no call context.</exception>
    public static async Task<BudgetKill?> FindKillAsync(this IGrainFactory grains, CancellationToken cancellationToken)
    {
        var call = CallContext.Current ?? throw new CallContextException("There is no budget to look for without a call context.");
        var budget = await grains.GetGrain<IBudgetGrain>($"{call.ProjectId}/{BudgetAccount.Project}").GetAsync(cancellationToken);
        return budget.Kill;
    }
}
