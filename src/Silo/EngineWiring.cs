using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Messages;

#if ENGINE_ORLEANS
#error The Orleans engine is not wired yet.
#endif

namespace AwoooP.Silo;

/// <summary>The one place here that knows which engine hosts the grains.</summary>
internal static class EngineWiring
{
    /// <summary>For a silo.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, Action<ClusterOptions> connect) =>
        services.AddSiloCluster(connect).AddGrainEngine();

    /// <summary>For a process that calls the grains of the silos and hosts none.</summary>
    public static IServiceCollection AddEngineClient(this IServiceCollection services, string name, Action<ClusterOptions> connect) =>
        services.AddClusterClient($"{name}/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}", connect).AddGrainEngine();

    private static IServiceCollection AddGrainEngine(this IServiceCollection services) => services
        .AddEmbeddedEngine(static engine =>
        {
            engine.Messages = GrainMessages.Options;
            // A grain that cannot be loaded is no fault of its own.
            engine.PromisedFaults =
            [
                .. GrainMessages.Faults,
                new GrainFault("journal.unavailable", typeof(JournalUnavailableException), static message => new JournalUnavailableException(message), SaysNotDone: true),
            ];
            engine.ContextTypes[CallContext.Key] = typeof(CallContext);
            // The first outcome of a command is remembered, so it may be sent again.
            engine.IsRepeatable = static get => get(CallContext.Key) is CallContext { CommandId: not null };
        })
        .AddGrains(typeof(AggregateServices).Assembly);
}
