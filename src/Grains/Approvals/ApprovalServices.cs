using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Approvals;

internal static class ApprovalServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services) => services.AddSingleton<IReaction, ApprovalReactions>();
}
