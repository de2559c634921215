using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Messages;
using AwoooP.Silo.Hosting;

namespace AwoooP.Silo.Engines;

/// <summary>What hosts the grains: here, the embedded engine.</summary>
internal static class EngineWiring
{
    /// <summary>For a silo.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, SiloOptions options, ChosenEndpoint endpoint) =>
        services.AddSiloCluster(cluster => SiloEndpoint.ApplyTo(cluster, options, endpoint)).AddGrainEngine(options);

    /// <summary>For a process that calls the grains of the silos and hosts none.</summary>
    public static IServiceCollection AddEngineClient(this IServiceCollection services, SiloOptions options) => services
        .AddClusterClient(
            $"{options.Name}/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}",
            cluster => SiloEndpoint.ApplyTo(cluster, options, endpoint: null))
        .AddGrainEngine(options);

    private static IServiceCollection AddGrainEngine(this IServiceCollection services, SiloOptions options) => services
        .AddEmbeddedEngine(engine =>
        {
            engine.ParkLimit = options.ParkLimitOf(engine.CallTimeout);
            engine.Messages = GrainMessages.Options;
            // A grain that cannot be loaded is no fault of its own.
            engine.PromisedFaults =
            [
                .. GrainMessages.Faults,
                new GrainFault("journal.unavailable", typeof(JournalUnavailableException), static message => new JournalUnavailableException(message), SaysNotDone: true),
            ];
            engine.ContextTypes[CallContext.Key] = typeof(CallContext);
            engine.IsRepeatable = CallContext.IsRepeatable;
        })
        .AddGrains(typeof(AggregateServices).Assembly);
}
