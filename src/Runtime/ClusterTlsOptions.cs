namespace AwoooP.Runtime;

/// <summary>
/// TLS 1.3 between silos and from clients. No authority has to have signed the certificates, and each silo may make its
/// own: the challenge covers the hash of the certificate, so only an end with the cluster's secret can show it.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>The certificate of this silo, a PEM file. A process that only dials needs none. It is read at start.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Its private key, a PEM file without a password. Null: it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Whether connections without TLS are refused. Default true. False is for the time in which TLS is being introduced:
    /// others may connect plainly, this process still dials with TLS only.
    /// </summary>
    public bool Required { get; set; } = true;
}
