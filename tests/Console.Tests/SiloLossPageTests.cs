using System.Globalization;
using AwoooP.Systems;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AwoooP.Console.Tests;

/// <summary>The cluster's page while a silo dies; in turn with the other pages, which the machine has to serve too.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SiloLossPageTests
{
    private const int All = 256;

    [Fact]
    public async Task Cluster_OneOfThreeSilosKilled_IsShownAndItsPartitionsAtTheOthersWithoutAReload()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 3, Settings = ConsoleFolder.Settings() });
        await Partitions.SharedAsync(system, silos: 3);
        await using var browser = await ChromiumBrowser.LaunchAsync();
        var page = await browser.OpenAsync(system.Address);
        await page.SignInAsync(await system.AdminKeyAsync());
        await page.GoToAsync("Cluster");
        await Expect(page.GetByTestId("cluster-summary")).ToContainTextAsync("Silos alive: 3 · 256 partitions");
        await page.EvaluateAsync("window.isTheSame = true");
        var owned = await OwnedAsync(page, "silo-1", "silo-2", "silo-3");
        owned.SelectMany(static partitions => partitions).Order().ShouldBe(Enumerable.Range(0, All));
        owned.ShouldAllBe(static partitions => partitions.Count >= All / 4);

        await system.Silos[2].KillAsync();

        await Expect(page.GetByTestId("cluster-summary")).ToContainTextAsync("Silos alive: 2 · 256 partitions");
        await Expect(page.GetByTestId("silo-silo-3")).ToContainTextAsync("dead");
        await Partitions.SharedAsync(system, silos: 2);
        foreach (var silo in (string[])["silo-1", "silo-2"])
            await Expect(page.GetByTestId($"silo-{silo}").GetByTestId("share")).ToHaveAttributeAsync("data-value", "50");
        await Expect(page.GetByTestId("silo-silo-3").GetByTestId("owned")).ToBeEmptyAsync();
        await Expect(page.GetByTestId("unowned")).ToHaveCountAsync(0);
        var left = await OwnedAsync(page, "silo-1", "silo-2");
        left.SelectMany(static partitions => partitions).Order().ShouldBe(Enumerable.Range(0, All));
        (await page.EvaluateAsync<bool>("window.isTheSame === true")).ShouldBeTrue();
        await page.ShouldBeReadableAsync();
        await page.ShootAsync("silo-lost");
    }

    /// <summary>By silo, in their order.</summary>
    private static async Task<IReadOnlyList<IReadOnlySet<int>>> OwnedAsync(IPage page, params string[] silos)
    {
        var owned = new List<IReadOnlySet<int>>();
        foreach (var silo in silos)
            owned.Add(Parse(await page.GetByTestId($"silo-{silo}").GetByTestId("owned").InnerTextAsync()));
        return owned;
    }

    private static HashSet<int> Parse(string ranges) =>
    [
        .. ranges.Split(", ", StringSplitOptions.RemoveEmptyEntries).SelectMany(static range =>
        {
            var ends = range.Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        }),
    ];
}
