using AwoooP.Aggregates;

#if ENGINE_ORLEANS
#error The Orleans engine is not wired yet.
#endif

namespace AwoooP.Silo;

/// <summary>The one place in the silo that knows which engine hosts the grains.</summary>
internal static class EngineWiring
{
    public static IServiceCollection AddEngine(this IServiceCollection services) =>
        services.AddEmbeddedEngine().AddGrains(typeof(AggregateServices).Assembly);
}
