using AwoooP.Systems;

namespace AwoooP.EndToEnd.Engines;

/// <summary>Orleans knows silos by IP address, so what other silos are told must be one, with a port.</summary>
public sealed class EndpointSettingTests
{
    [Fact]
    public async Task Start_WithAnEndpointThatNobodyCanDial_IsRefusedInOneLine()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });

        (await RefusalAsync("foo:1", null)).ShouldContain("Silo:Endpoint must be an IP address (or localhost) and a port; it is 'foo:1'.");
        (await RefusalAsync("0.0.0.0:0", null)).ShouldContain("Silo:AdvertisedEndpoint must be an IP address and a port that other silos can dial; it is empty.");
        (await RefusalAsync("127.0.0.1:0", "10.0.0.1:0")).ShouldContain("Silo:AdvertisedEndpoint must be an IP address and a port that other silos can dial; it is '10.0.0.1:0'.");

        async Task<string> RefusalAsync(string endpoint, string? advertised)
        {
            var settings = new Dictionary<string, string> { ["Silo__Endpoint"] = endpoint };
            if (advertised is not null)
                settings["Silo__AdvertisedEndpoint"] = advertised;
            return (await Should.ThrowAsync<InvalidOperationException>(new ServerProcess("Both", 1, system.Folder, settings).StartAsync)).Message;
        }
    }
}
