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

    /// <summary>Whether a process that hosts no grains can call those of silos.</summary>
    public static bool HasClients => true;

    /// <param name="address">Null when it is alone.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, string siloId, string? address, JsonSerializerOptions messages) =>
        (address is null ? services : services.AddSiloCluster(cluster => Connect(cluster, address))).AddGrainEngine(messages);

    /// <summary>For a process that calls the grains of silos and hosts none, as a front apart does.</summary>
    public static IServiceCollection AddEngineClient(this IServiceCollection services, string clientId, JsonSerializerOptions messages) =>
        services.AddClusterClient(clientId, static cluster => Connect(cluster, address: null)).AddGrainEngine(messages);

    private static IServiceCollection AddGrainEngine(this IServiceCollection services, JsonSerializerOptions messages) => services
        .AddEmbeddedEngine(engine =>
        {
            engine.Messages = messages;
            engine.PromisedFaults = GrainMessages.Faults;
            engine.ContextTypes[CallContext.Key] = typeof(CallContext);
            engine.IsRepeatable = CallContext.IsRepeatable;
        })
        .AddGrains(typeof(EchoGrain).Assembly);

    private static void Connect(ClusterOptions cluster, string? address)
    {
        cluster.Address = address;
        cluster.Secret = Secret;
        cluster.LoopbackOnly = true;
    }
}
