using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AwoooP.Silo.Hosting;

/// <summary>Where other silos find this one, and the secret that they prove to each other.</summary>
internal static class SiloEndpoint
{
    private const int SecretBytes = 32;

    /// <summary>The port is chosen here, since the silo tells it to the others when it joins, which is before it listens.</summary>
    public static string Choose(SiloOptions options)
    {
        var (host, port) = (options.Endpoint[..options.Endpoint.LastIndexOf(':')], options.Endpoint[(options.Endpoint.LastIndexOf(':') + 1)..]);
        if (port != "0")
            return options.Endpoint;
        using var probe = new TcpListener(host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host.Trim('[', ']')), 0);
        probe.Start();
        return $"{host}:{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    public static void ApplyTo(ClusterOptions cluster, SiloOptions options, string endpoint)
    {
        cluster.Address = endpoint;
        cluster.AdvertisedAddress = options.AdvertisedEndpoint;
        cluster.LoopbackOnly = options.ClusterSecretFile is null;
        cluster.Secret = options.ClusterSecretFile is { } chosen
            ? File.ReadAllBytes(chosen)
            : ReadOrMake(Path.Combine(options.DataFolder, "cluster.secret"));
    }

    /// <summary>Silos of one data folder may start at the same time: the first file stays.</summary>
    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Environment.ProcessId}";
            var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, creation))
                file.Write(RandomNumberGenerator.GetBytes(SecretBytes));
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllBytes(path);
    }
}
