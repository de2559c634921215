using System.Net;
using System.Text.Json;
using AwoooP.Bench.Engine;
using AwoooP.Commands;
using AwoooP.Demo;
using AwoooP.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Bench.Engines;

/// <summary>What hosts the grains: here, Orleans, with the platform's placement and filters.</summary>
internal static class EngineWiring
{
    /// <summary>Where a silo can be called, as the others are told it.</summary>
    public static string FreeAddress() =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free()), SiloAddress.AllocateNewGeneration()).ToParsableString();

    /// <summary>Orleans is wired without gateways, so whoever calls is a silo.</summary>
    public static bool HasClients => false;

    public static IServiceCollection AddEngineClient(this IServiceCollection services, string clientId, JsonSerializerOptions messages) =>
        throw new NotSupportedException($"{clientId} would need a gateway.");

    /// <param name="address">Null when it is alone; Orleans has one all the same.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, string siloId, string? address, JsonSerializerOptions messages) =>
        services.AddOrleansEngine(new OrleansEngineOptions
        {
            SiloId = siloId,
            Address = SiloAddress.FromParsableString(address ?? FreeAddress()),
            Grains = [typeof(EchoGrain).Assembly],
            Messages = messages,
            IsRepeatable = CallContext.IsRepeatable,
        });
}
