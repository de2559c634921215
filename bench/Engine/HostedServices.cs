using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Bench.Engine;

/// <summary>The start and the stop of hosted services, without the stages that a host has before and after them.</summary>
internal static class HostedServices
{
    public static async Task StartAsync(this ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }

    public static async Task StopAndDisposeAsync(this ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
