using System.Text.Json;
using AwoooP.Bench.Engine;
using AwoooP.Commands;
using AwoooP.Demo;
using AwoooP.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Bench.Engines;

/// <summary>What hosts the grains: here, the embedded engine.</summary>
internal static class EngineWiring
{
    /// <summary>What the silos of a bench prove to each other.</summary>
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];

    /// <summary>Where a silo can be called, as the others are told it.</summary>
    public static string FreeAddress() => $"127.0.0.1:{LoopbackPort.Free()}";

    /// <param name="address">Null when it is alone.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, string siloId, string? address, JsonSerializerOptions messages)
    {
        if (address is not null)
        {
            services.AddSiloCluster(cluster =>
            {
                cluster.Address = address;
                cluster.Secret = Secret;
                cluster.LoopbackOnly = true;
            });
        }

        return services
            .AddEmbeddedEngine(engine =>
            {
                engine.Messages = messages;
                engine.PromisedFaults = GrainMessages.Faults;
                engine.ContextTypes[CallContext.Key] = typeof(CallContext);
            })
            .AddGrains(typeof(EchoGrain).Assembly);
    }
}
