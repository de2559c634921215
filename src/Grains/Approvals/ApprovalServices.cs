using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Approvals;

internal static class ApprovalServices
{
    /// <summary>Configuration: <c>Approvals</c> (<see cref="ApprovalOptions"/>).</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddOptions<ApprovalOptions>().BindConfiguration("Approvals").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IReaction, ApprovalReactions>();
    }
}
