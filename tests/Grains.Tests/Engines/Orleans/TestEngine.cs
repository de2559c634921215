using System.Net;
using System.Net.Sockets;
using System.Reflection;
using AwoooP.Messages;
using AwoooP.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;

namespace AwoooP.Grains.Tests.Engines;

/// <summary>Orleans as the tests of grains run it: one silo alone, with no journal behind it.</summary>
internal static class TestEngine
{
    public static void AddTo(IServiceCollection services, Assembly grains)
    {
        // The clock of the tests stands still; the engine's own must not.
        services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        services.AddOrleans(silo =>
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            silo.UseLocalhostClustering(((IPEndPoint)probe.LocalEndpoint).Port);
            silo.Configure<EndpointOptions>(static endpoint => endpoint.GatewayPort = 0);
            silo.Services.AddSerializer(static serializer => serializer.AddGrainMessages(GrainMessages.Options));
        });
    }

    public static IGrainFactory Start(IServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
            service.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return services.GetRequiredService<IGrainFactory>();
    }

    public static async Task StopAsync(IServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
    }
}
