using System.Net;

namespace AwoooP.Runtime.Membership;

/// <summary>This silo by the address that the journal tells the others: it was chosen before the silo joined.</summary>
internal sealed class LocalSilo(OrleansEngineOptions options) : ILocalSiloDetails
{
    public string Name => options.SiloId;

    public string ClusterId => "awooop";

    public string DnsHostName { get; } = Dns.GetHostName();

    public SiloAddress SiloAddress => options.Address;

    /// <summary>No client of Orleans' own protocol is served.</summary>
    public SiloAddress GatewayAddress => null!;
}
