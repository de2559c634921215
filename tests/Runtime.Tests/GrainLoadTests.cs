using AwoooP.Journal.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Tests;

public sealed class GrainLoadTests
{
    [Fact]
    public async Task Look_AfterCalls_TellsTheTenBusiestSinceTheLastLook()
    {
        await using var silo = new TestSilo();
        var load = silo.Services.GetRequiredService<IGrainFigures>();
        for (var grain = 1; grain <= 12; grain++)
        {
            for (var call = 0; call < grain; call++)
                await silo.Grain($"p/{grain:00}").TouchAsync();
        }

        silo.Clock.Advance(TimeSpan.FromSeconds(2));
        var first = load.Look();
        first.Activations.ShouldBe([new GrainCount("script", 12)]);
        first.HotGrains.Count.ShouldBe(10);
        first.HotGrains.Select(static hot => hot.Grain).ShouldBe(Enumerable.Range(3, 10).Reverse().Select(static grain => $"script/p/{grain:00}"));

        await silo.Grain("p/01").TouchAsync();
        silo.Clock.Advance(TimeSpan.FromSeconds(2));
        load.Look().HotGrains.ShouldBe([new HotGrain("script/p/01", 0.5)]);

        silo.Clock.Advance(TimeSpan.FromSeconds(2));
        load.Look().HotGrains.ShouldBeEmpty();
    }
}
