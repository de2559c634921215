using AwoooP.Alerts;
#if ENGINE_ORLEANS
#error The Orleans engine is wired by a later step: see docs/decisions.
#else
using AwoooP.Runtime;
#endif

namespace AwoooP.Silo;

/// <summary>The one place in the silo that knows which engine hosts the grains.</summary>
internal static class EngineWiring
{
    public static IServiceCollection AddEngine(this IServiceCollection services) =>
        services.AddEmbeddedEngine().AddGrains(typeof(AlertGrain).Assembly);
}
