using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>
/// Where HTTP is served. The web server listens last of all, when a silo has joined and owns partitions, so whether it can is tried before anything else.
/// </summary>
internal static class HttpAddress
{
    /// <exception cref="OptionsValidationException">Another process listens there, or nobody may.</exception>
    public static void RequireFree(SiloOptions options, IConfiguration configuration)
    {
        // The web server's own section comes before Silo:Url.
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            return;

        var url = BindingAddress.Parse(options.Url);
        var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Any;
        using var probe = new TcpListener(address, url.Port);
        try
        {
            probe.Start();
        }
        catch (SocketException fault)
        {
            var cause = new Win32Exception(fault.NativeErrorCode).Message;
            throw SiloOptions.Invalid(nameof(options.Url), $"(AWOOOP_URL) must be an address that this process can listen on ({cause})", options.Url);
        }
    }
}
