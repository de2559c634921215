using AwoooP.Testing;

namespace AwoooP.Api.Tests.Hosting;

public sealed partial class StubCluster : IStringKeysOnly
{
    IServiceProvider IClusterClient.ServiceProvider => throw new NotSupportedException("There is no silo behind it.");
}
