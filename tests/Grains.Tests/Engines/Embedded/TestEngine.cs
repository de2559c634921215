using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Grains.Tests.Engines;

/// <summary>The embedded engine as the tests of grains run it: alone, with no journal behind it.</summary>
internal static class TestEngine
{
    public static void AddTo(IServiceCollection services, Assembly grains) => services.AddEmbeddedEngine().AddGrains(grains);

    /// <summary>It runs as soon as it is asked for.</summary>
    public static IGrainFactory Start(IServiceProvider services) => services.GetRequiredService<IGrainFactory>();

    public static Task StopAsync(IServiceProvider services) => Task.CompletedTask;
}
