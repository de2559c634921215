using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Bench.Engine;

/// <summary>What a host does with services, without one.</summary>
internal static class HostedServices
{
    public static async Task StartAsync(this ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }

    public static async Task StopAsync(this ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
