namespace AwoooP.Runtime.Tests.Transport;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void Validate_Defaults_LackOnlyTheSecret()
    {
        Faults(new ClusterOptions()).ShouldHaveSingleItem().ShouldContain(nameof(ClusterOptions.Secret));
        Faults(Valid()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0.0.0.0:5000", null, nameof(ClusterOptions.AdvertisedAddress))]
    [InlineData("5000", null, nameof(ClusterOptions.Address))]
    [InlineData("silo-1:5000", null, nameof(ClusterOptions.Address))]
    [InlineData("127.0.0.1:5000", "silo-1", nameof(ClusterOptions.AdvertisedAddress))]
    public void Validate_AddressThatCannotBeUsed_IsNamed(string address, string? advertised, string property)
    {
        var options = Valid();
        (options.Address, options.AdvertisedAddress) = (address, advertised);

        Faults(options).ShouldHaveSingleItem().ShouldContain(property);
    }

    [Theory]
    [InlineData("127.0.0.1:5000", 0)]
    [InlineData("[::1]:5000", 0)]
    [InlineData("10.0.0.7:5000", 1)]
    public void Validate_SecretNobodyChose_AllowsThisMachineAlone(string address, int faults)
    {
        var options = Valid();
        (options.Address, options.LoopbackOnly) = (address, true);

        Faults(options).Count().ShouldBe(faults);
    }

    [Fact]
    public void Validate_Bounds_AreNamedOneByOne()
    {
        var options = Valid();
        options.Secret = new byte[31];
        options.MaxFrameBytes = 100;
        options.MaxQueuedBytes = 100;
        options.HandshakeTimeout = TimeSpan.Zero;
        options.PingInterval = TimeSpan.FromSeconds(10);

        Faults(options).Count().ShouldBe(5);
    }

    private static ClusterOptions Valid() => new() { Secret = new byte[32] };

    private static IEnumerable<string> Faults(ClusterOptions options) => new ClusterOptionsValidator().Validate(null, options).Failures ?? [];
}
