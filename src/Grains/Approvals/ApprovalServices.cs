using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Approvals;

internal static class ApprovalServices
{
    /// <summary>Configuration: <c>Approvals</c> (<see cref="ApprovalOptions"/>).</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddSettings<ApprovalOptions>("Approvals");
        return services.AddSingleton<IReaction, ApprovalReactions>();
    }
}
