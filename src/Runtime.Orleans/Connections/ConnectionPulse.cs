using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace AwoooP.Runtime.Connections;

/// <summary>
/// Orleans learns of a connection that has fallen silent by its failure detection, which is off here. So the ends of each connection between
/// silos give signs of life, and one that hears none gives the connection up; the next call makes another.
/// </summary>
internal static class ConnectionPulse
{
    public static IServiceCollection AddConnectionPulse(this IServiceCollection services)
    {
        services.AddOptions<SiloConnectionOptions>().Configure<TimeProvider>(static (options, time) =>
        {
            options.ConfigureSiloInboundConnection(connection => Add(connection, time));
            options.ConfigureSiloOutboundConnection(connection => Add(connection, time));
        });
        return services;
    }

    private static void Add(IConnectionBuilder connection, TimeProvider time) => connection.Use(next => context => RunAsync(context, next, time));

    private static async Task RunAsync(ConnectionContext context, ConnectionDelegate next, TimeProvider time)
    {
        var transport = context.Transport;
        try
        {
            await using var pulsed = new PulsedTransport(transport, PulseOptions.Default, context.Abort, time);
            context.Transport = pulsed;
            await next(context);
        }
        catch
        {
            // Orleans leaves one open whose first words it did not understand.
            context.Abort();
            throw;
        }
        finally
        {
            context.Transport = transport;
        }
    }
}
