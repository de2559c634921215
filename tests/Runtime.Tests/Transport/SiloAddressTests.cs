using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class SiloAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:5000", "127.0.0.1", 5000, true)]
    [InlineData("localhost:0", "localhost", 0, true)]
    [InlineData("[::1]:5000", "::1", 5000, true)]
    [InlineData("10.0.0.7:65535", "10.0.0.7", 65535, false)]
    [InlineData("silo-1.awooop.internal:5000", "silo-1.awooop.internal", 5000, false)]
    public void TryParse_Address_IsReadAndWrittenAlike(string text, string host, int port, bool isLoopback)
    {
        SiloAddress.TryParse(text, out var address).ShouldBeTrue();

        (address.Host, address.Port, address.IsLoopback, address.ToString()).ShouldBe((host, port, isLoopback, text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData(":5000")]
    [InlineData("localhost:")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:-1")]
    [InlineData("::1:5000")]
    [InlineData("http://localhost:5000")]
    [InlineData("a b:5000")]
    public void TryParse_AnythingElse_IsRefused(string? text) => SiloAddress.TryParse(text, out _).ShouldBeFalse();
}
