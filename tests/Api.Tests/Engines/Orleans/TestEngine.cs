using System.Net;
using System.Net.Sockets;
using System.Reflection;
using AwoooP.Journal.Hosting;
using AwoooP.Messages;
using AwoooP.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Engines;

/// <summary>Orleans over a journal.</summary>
internal static class TestEngine
{
    public static Exception Overload { get; } = new LimitExceededException("incident/awoooi/x is overloaded: 10000 calls wait for it.");

    private const string SiloId = "silo-1";

    private static readonly SiloAddress Address = SiloAddress.New(FreeEndpoint(), SiloAddress.AllocateNewGeneration());

    public static void AddTo(IServiceCollection services, Assembly grains) => services.AddOrleansEngine(new OrleansEngineOptions
    {
        SiloId = SiloId,
        Address = Address,
        Grains = [grains],
        Messages = GrainMessages.Options,
    });

    public static void ApplyTo(JournalOptions journal)
    {
        journal.SiloId = SiloId;
        journal.Address = Address.ToParsableString();
    }

    private static IPEndPoint FreeEndpoint()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }
}
