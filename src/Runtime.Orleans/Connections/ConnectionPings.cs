using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace AwoooP.Runtime.Connections;

/// <summary>
/// Orleans learns of a connection that has fallen silent by its failure detection, which is off here. So the ends of each connection between
/// silos ping each other, and one that hears nothing gives the connection up; the next call makes another.
/// </summary>
internal static class ConnectionPings
{
    public static IServiceCollection AddConnectionPings(this IServiceCollection services)
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
            await using var pinged = new PingedTransport(transport, PingOptions.Default, context.Abort, time);
            context.Transport = pinged;
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
