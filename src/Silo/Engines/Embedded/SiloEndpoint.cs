using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AwoooP.Journal.Hosting;
using AwoooP.Runtime.Transport;
using AwoooP.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Engines;

/// <summary>Where other silos find this one, and the secret that they prove to each other.</summary>
internal static class SiloEndpoint
{
    /// <inheritdoc cref="ChosenEndpoint.Told"/>
    public const bool TellsGeneration = false;

    private const int SecretBytes = 32;

    /// <summary>The largest batch of alerts that the intake log takes goes from a front to a silo in one frame, and a third longer than it is.</summary>
    private const int MaxFrameBytes = 24 * 1024 * 1024;

    /// <summary>The port is chosen here, since the silo tells it to the others when it joins, which is before it listens.</summary>
    /// <exception cref="OptionsValidationException">Other machines could reach it, and it would be without a secret of theirs.</exception>
    public static ChosenEndpoint Choose(SiloOptions options)
    {
        RequireLoopbackUnlessSecret(options, options.Endpoint, nameof(options.Endpoint));
        RequireLoopbackUnlessSecret(options, options.AdvertisedEndpoint, nameof(options.AdvertisedEndpoint));
        var listens = Find(options);
        return new ChosenEndpoint(listens, options.AdvertisedEndpoint ?? listens);
    }

    /// <param name="endpoint">Null for a process that takes no calls.</param>
    public static void ApplyTo(ClusterOptions cluster, SiloOptions options, ChosenEndpoint? endpoint)
    {
        (cluster.MaxFrameBytes, cluster.MaxQueuedBytes) = (MaxFrameBytes, 2 * MaxFrameBytes);
        cluster.Address = endpoint?.Listens;
        cluster.AdvertisedAddress = options.AdvertisedEndpoint;
        cluster.LoopbackOnly = options.ClusterSecretFile is null;
        cluster.Tls = options.Tls is { } tls ? ReadTls(tls) : null;
        cluster.Secret = options.ClusterSecretFile is { } chosen
            ? ReadChosen(chosen)
            : PrivateFile.ReadOrMake(Path.Combine(options.DataFolder, "cluster.secret"), static () => RandomNumberGenerator.GetBytes(SecretBytes));
    }

    private static void RequireLoopbackUnlessSecret(SiloOptions options, string? endpoint, string property)
    {
        if (options.ClusterSecretFile is null && SiloAddress.TryParse(endpoint, out var address) && !address.IsLoopback)
            throw SiloOptions.Invalid(property, $"must be of this machine alone as long as {SiloOptions.Section}:{nameof(options.ClusterSecretFile)} names no secret", endpoint);
    }

    private static byte[] ReadChosen(string path)
    {
        const string Property = nameof(SiloOptions.ClusterSecretFile);
        try
        {
            return File.ReadAllBytes(path) is { Length: >= SecretBytes } secret ? secret : throw SiloOptions.Invalid(Property, $"must be a file of at least {SecretBytes} bytes", path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SiloOptions.Invalid(Property, "must be a file that this process can read", path);
        }
    }

    /// <summary>Read here so that a file that is no certificate is told as a setting; the engine reads it again.</summary>
    private static ClusterTlsOptions ReadTls(SiloTlsOptions tls)
    {
        var (certificate, key) = (NullIfEmpty(tls.CertificateFile), NullIfEmpty(tls.KeyFile));
        try
        {
            if (certificate is not null)
                X509Certificate2.CreateFromPemFile(certificate, key).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw SiloOptions.Invalid(
                $"{nameof(SiloOptions.Tls)}:{nameof(tls.CertificateFile)}",
                $"must be a PEM file of a certificate that this process can read, with its private key there or in {SiloOptions.Section}:{nameof(SiloOptions.Tls)}:{nameof(tls.KeyFile)}",
                certificate);
        }

        return new ClusterTlsOptions { CertificateFile = certificate, KeyFile = key, Required = tls.Required };
    }

    private static string? NullIfEmpty(string? path) => string.IsNullOrEmpty(path) ? null : path;

    private static string Find(SiloOptions options)
    {
        // What is no address is told when the options are validated.
        if (!SiloAddress.TryParse(options.Endpoint, out var endpoint) || endpoint.Port != 0 || !TryFindIP(endpoint.Host, out var ip))
            return options.Endpoint;
        using var probe = new TcpListener(ip, 0);
        probe.Start();
        return (endpoint with { Port = ((IPEndPoint)probe.LocalEndpoint).Port }).ToString();
    }

    private static bool TryFindIP(string host, [NotNullWhen(true)] out IPAddress? ip)
    {
        ip = IPAddress.Loopback;
        return host == "localhost" || IPAddress.TryParse(host, out ip);
    }
}
