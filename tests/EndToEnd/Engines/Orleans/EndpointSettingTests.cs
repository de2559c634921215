using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd.Engines;

/// <summary>Orleans knows silos by IP address, so what other silos are told must be one, with a port.</summary>
public sealed class EndpointSettingTests
{
    [Fact]
    public async Task Start_WithAnEndpointThatNobodyCanDial_IsRefusedInOneLine()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });

        (await RefusalAsync(system, "foo:1", null)).ShouldContain("Silo:Endpoint must be an IP address (or localhost) and a port; it is 'foo:1'.");
        (await RefusalAsync(system, "0.0.0.0:0", null, ("Silo__PrivateNetwork", "true")))
            .ShouldContain("Silo:AdvertisedEndpoint must be an IP address and a port that other silos can dial; it is empty.");
        (await RefusalAsync(system, "127.0.0.1:0", "10.0.0.1:0")).ShouldContain("Silo:AdvertisedEndpoint must be an IP address and a port that other silos can dial; it is '10.0.0.1:0'.");
    }

    /// <summary>Orleans' protocol knows no secret, so somebody has to say that no stranger reaches the port.</summary>
    [Fact]
    public async Task Start_WhereOtherMachinesMayReachIt_IsRefusedUnlessTheNetworkIsPrivate()
    {
        const string Rule = "must be of this machine alone as long as Silo:PrivateNetwork does not say that silos have a network of their own";
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });

        (await RefusalAsync(system, "0.0.0.0:0", "127.0.0.1:7400")).ShouldContain($"Silo:Endpoint {Rule}; it is '0.0.0.0:0'.");
        (await RefusalAsync(system, "127.0.0.1:0", "10.0.0.1:7400")).ShouldContain($"Silo:AdvertisedEndpoint {Rule}; it is '10.0.0.1:7400'.");

        // What is reached is this machine all the same, under an address that is not loopback.
        var port = LoopbackPort.Free();
        var settings = new Dictionary<string, string>
        {
            ["Silo__Endpoint"] = $"0.0.0.0:{port}", ["Silo__AdvertisedEndpoint"] = $"127.0.0.1:{port}", ["Silo__PrivateNetwork"] = "true",
        };
        var silo = new ServerProcess("Both", 1, system.Folder, settings);
        await silo.StartAsync();
        await silo.KillAsync();
    }

    [Fact]
    public async Task Start_WithTls_IsRefused()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });

        (await RefusalAsync(system, "127.0.0.1:0", null, ("Silo__Tls__CertificateFile", "silo.crt")))
            .ShouldContain("Silo:Tls:CertificateFile must be empty, since Orleans' connections are not encrypted here; it is 'silo.crt'.");
    }

    private static async Task<string> RefusalAsync(AwooopSystem system, string endpoint, string? advertised, params (string Name, string Value)[] others)
    {
        var settings = new Dictionary<string, string> { ["Silo__Endpoint"] = endpoint };
        if (advertised is not null)
            settings["Silo__AdvertisedEndpoint"] = advertised;
        foreach (var (name, value) in others)
            settings[name] = value;
        return (await Should.ThrowAsync<InvalidOperationException>(new ServerProcess("Both", 1, system.Folder, settings).StartAsync)).Message;
    }
}
