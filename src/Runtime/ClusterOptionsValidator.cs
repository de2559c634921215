using AwoooP.Runtime.Transport;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime;

internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    private const int SecretBytes = 32;
    private const int LeastFrameBytes = 1024;
    private const int MostBytes = 1 << 30;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var faults = new List<string>();
        Address(options.Address, nameof(options.Address));
        Address(options.AdvertisedAddress, nameof(options.AdvertisedAddress));
        if (SiloAddress.TryParse(options.Address, out var listened) && !listened.IsIp)
            Fault(nameof(options.Address), $"must have an IP address or localhost as its host, and is {listened}");
        if (listened.IsAny && options.AdvertisedAddress is null)
            Fault(nameof(options.AdvertisedAddress), $"must be set, since nobody can dial {listened}");
        if (options.Secret.Length < SecretBytes)
            Fault(nameof(options.Secret), $"must have at least {SecretBytes} bytes, and has {options.Secret.Length}");
        if (options is { Address: not null, Tls.CertificateFile: null })
            Fault($"{nameof(options.Tls)}.{nameof(ClusterTlsOptions.CertificateFile)}", "must be set in a process that accepts connections");
        File(options.Tls?.CertificateFile, nameof(ClusterTlsOptions.CertificateFile));
        File(options.Tls?.KeyFile, nameof(ClusterTlsOptions.KeyFile));
        if (options.MaxFrameBytes is < LeastFrameBytes or > MostBytes)
            Fault(nameof(options.MaxFrameBytes), $"must be from {LeastFrameBytes} to {MostBytes}, and is {options.MaxFrameBytes}");
        if (options.MaxQueuedBytes > MostBytes || options.MaxQueuedBytes < options.MaxFrameBytes + FrameFormat.HeaderBytes)
            Fault(nameof(options.MaxQueuedBytes), $"must hold a frame of {nameof(options.MaxFrameBytes)} and be at most {MostBytes}, and is {options.MaxQueuedBytes}");
        Span(options.HandshakeTimeout, nameof(options.HandshakeTimeout));
        Span(options.PingInterval, nameof(options.PingInterval));
        Span(options.PingTimeout, nameof(options.PingTimeout));
        if (options.PingTimeout < 2 * options.PingInterval)
            Fault(nameof(options.PingTimeout), $"must be at least twice {nameof(options.PingInterval)}");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Address(string? value, string property)
        {
            if (value is null)
                return;
            if (!SiloAddress.TryParse(value, out var address))
                Fault(property, $"must be host:port, and is '{value}'");
            else if (options.LoopbackOnly && !address.IsLoopback)
                Fault(property, $"must be of this machine alone as long as the cluster has no secret of yours, and is {value}");
        }

        void File(string? path, string property)
        {
            if (path is not null && !System.IO.File.Exists(path))
                Fault($"{nameof(options.Tls)}.{property}", $"must be a file, and is {path}");
        }

        void Span(TimeSpan value, string property)
        {
            if (value < Shortest || value > Longest)
                Fault(property, $"must be from {Shortest} to {Longest}, and is {value}");
        }

        void Fault(string property, string what) => faults.Add($"{nameof(ClusterOptions)}.{property} {what}.");
    }
}
