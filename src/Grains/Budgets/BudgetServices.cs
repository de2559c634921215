using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Budgets;

internal static class BudgetServices
{
    /// <summary>Configuration: <c>Budgets</c> (<see cref="BudgetOptions"/>).</summary>
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddSettings<BudgetOptions>(BudgetOptions.Section);
        return services.AddSingleton<IReaction, BudgetReactions>();
    }
}
