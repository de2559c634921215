namespace AwoooP.Silo;

/// <summary>
/// TLS 1.3 between silos, and from fronts apart; of the embedded engine alone. No authority has to have signed the certificates, and each silo may
/// have its own: the cluster's secret proves that a certificate is a silo's.
/// </summary>
public sealed class SiloTlsOptions
{
    /// <summary>A PEM file with the certificate of this silo, read at the start. A front apart, which only dials, needs none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>A PEM file with its private key, without a password, readable by this account alone. Empty (the default): it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Whether connections without TLS are refused. Default true. False while TLS is being introduced: silos that do not have it yet may connect,
    /// this one dials with TLS alone.
    /// </summary>
    public bool Required { get; set; } = true;
}
