using AwoooP.Systems;

namespace AwoooP.EndToEnd.Engines;

/// <summary>A front in a process of its own would need a gateway of Orleans', which no silo opens.</summary>
public sealed class FrontRefusalTests
{
    [Fact]
    public async Task Start_AsAFrontAlone_IsRefusedInOneLine()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });
        var front = new ServerProcess("Front", 1, system.Folder, new Dictionary<string, string>());

        var fault = await Should.ThrowAsync<InvalidOperationException>(front.StartAsync);

        fault.Message.ShouldContain("A setting is wrong. Silo:Role (AWOOOP_ROLE) must be Both or Silo");
    }
}
