using System.Net;
using System.Net.Sockets;
using AwoooP.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Engines;

/// <summary>Where other silos find this one. Orleans knows silos by IP address, and each process by a generation of its own.</summary>
internal static class SiloEndpoint
{
    /// <inheritdoc cref="ChosenEndpoint.Told"/>
    public const bool TellsGeneration = true;

    /// <summary>The port is chosen here, since the silo tells it to the others when it joins, which is before it listens.</summary>
    /// <exception cref="OptionsValidationException">It is no address, or strangers could reach it.</exception>
    public static ChosenEndpoint Choose(SiloOptions options)
    {
        if (options.Tls is not null)
            throw SiloOptions.Invalid($"{nameof(options.Tls)}:{nameof(SiloTlsOptions.CertificateFile)}", "must be empty, since Orleans' connections are not encrypted here", options.Tls.CertificateFile);

        var listens = Parse(options.Endpoint, nameof(options.Endpoint));
        RequireLoopbackUnlessPrivate(options, listens, nameof(options.Endpoint), options.Endpoint);
        if (listens.Port == 0)
        {
            using var probe = new TcpListener(listens.Address, 0);
            probe.Start();
            listens = (IPEndPoint)probe.LocalEndpoint;
        }

        var told = Told(options, listens);
        RequireLoopbackUnlessPrivate(options, told, nameof(options.AdvertisedEndpoint), options.AdvertisedEndpoint);
        return new ChosenEndpoint(listens.ToString(), SiloAddress.New(told, SiloAddress.AllocateNewGeneration()).ToParsableString());
    }

    /// <summary>Orleans' protocol knows no secret: whoever reaches the port may call any grain.</summary>
    private static void RequireLoopbackUnlessPrivate(SiloOptions options, IPEndPoint endpoint, string property, string? written)
    {
        if (!options.PrivateNetwork && !IPAddress.IsLoopback(endpoint.Address))
            throw SiloOptions.Invalid(property, $"must be of this machine alone as long as {SiloOptions.Section}:{nameof(options.PrivateNetwork)} does not say that silos have a network of their own", written);
    }

    private static IPEndPoint Told(SiloOptions options, IPEndPoint listens)
    {
        const string Property = nameof(options.AdvertisedEndpoint);
        var told = options.AdvertisedEndpoint is { } advertised ? Parse(advertised, Property) : listens;
        if (told.Address.Equals(IPAddress.Any) || told.Address.Equals(IPAddress.IPv6Any) || told.Port == 0)
            throw SiloOptions.Invalid(Property, "must be an IP address and a port that other silos can dial", options.AdvertisedEndpoint);
        return told;
    }

    private static IPEndPoint Parse(string text, string property) =>
        IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endpoint)
            ? endpoint
            : throw SiloOptions.Invalid(property, "must be an IP address (or localhost) and a port", text);
}
