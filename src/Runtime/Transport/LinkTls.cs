using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// Puts connections inside TLS. Whose certificate it is, the challenge settles and not a chain: both proofs cover its hash,
/// so somebody in the middle, who has to show another certificate, cannot pass either proof on.
/// </summary>
internal sealed class LinkTls(ClusterTlsOptions options) : IDisposable
{
    /// <summary>How a TLS connection begins; no hello of ours does.</summary>
    private const byte TlsHandshake = 0x16;

    private readonly X509Certificate2? _certificate =
        options.CertificateFile is { } file ? X509Certificate2.CreateFromPemFile(file, options.KeyFile) : null;

    /// <exception cref="LinkRefusedException">TLS was not agreed on.</exception>
    public async Task<LinkChannel> AcceptAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        if (!options.Required && !await StartsTlsAsync(connection, cancellationToken).ConfigureAwait(false))
            return new LinkChannel(connection);

        var settings = new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = SslProtocols.Tls13 };
        return await SecureAsync(connection, stream => stream.AuthenticateAsServerAsync(settings, cancellationToken), _ => _certificate).ConfigureAwait(false);
    }

    /// <inheritdoc cref="AcceptAsync"/>
    public Task<LinkChannel> DialAsync(ConnectionContext connection, string host, CancellationToken cancellationToken)
    {
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        };
        return SecureAsync(connection, stream => stream.AuthenticateAsClientAsync(settings, cancellationToken), static stream => stream.RemoteCertificate);
    }

    public void Dispose() => _certificate?.Dispose();

    private static async Task<LinkChannel> SecureAsync(ConnectionContext connection, Func<SslStream, Task> agree, Func<SslStream, X509Certificate?> certificate)
    {
        var stream = new SslStream(new DuplexStream(connection.Transport));
        try
        {
            await agree(stream).ConfigureAwait(false);
            return new LinkChannel(connection, stream, certificate(stream)!.GetCertHash(HashAlgorithmName.SHA256));
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (exception is AuthenticationException or IOException)
                throw new LinkRefusedException(Refusal.Tls, byPeer: false, exception);
            throw;
        }
    }

    private static async Task<bool> StartsTlsAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var result = await connection.Transport.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
        var startsTls = !result.Buffer.IsEmpty && result.Buffer.FirstSpan[0] == TlsHandshake;
        connection.Transport.Input.AdvanceTo(result.Buffer.Start);
        return startsTls;
    }
}
