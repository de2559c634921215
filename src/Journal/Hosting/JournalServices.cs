using AwoooP.Journal.Commits;
using AwoooP.Journal.Maintenance;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Reads;
using AwoooP.Journal.Reports;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Hosting;

public static class JournalServices
{
    /// <summary>
    /// Adds the journal: <see cref="IJournal"/>, the silo's membership as a hosted service, <see cref="LeaseGuard"/>,
    /// <see cref="IDurableClock"/>, <see cref="JournalHealth"/>, <see cref="PartitionHeads"/>, <see cref="IPartitionOwnership"/>,
    /// <see cref="IClusterMap"/>, <see cref="IClusterStatus"/> and <see cref="JournalDataSources"/>. The options are validated when the host starts.
    /// </summary>
    public static IServiceCollection AddJournal(this IServiceCollection services, Action<JournalOptions> configure)
    {
        services.AddConnections(configure);
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<ClusterMap>();
        services.AddSingleton<IClusterMap>(provider => provider.GetRequiredService<ClusterMap>());
        services.AddSingleton<OwnedPartitions>();
        services.AddSingleton<IPartitionOwnership>(provider => provider.GetRequiredService<OwnedPartitions>());
        services.AddSingleton<PartitionHeads>();
        services.AddSingleton<ServerHistory>();
        services.AddSingleton<JournalHealth>();
        services.AddSingleton<MembershipMetrics>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<ExpiredSilos>();
        services.AddSingleton<ClusterFollower>();
        services.AddSingleton<Departure>();
        services.AddSingleton(CreateMembership);
        services.AddHostedService(provider => provider.GetRequiredService<SiloMembership>());
        services.AddHostedService<JournalMaintenance>();

        services.AddSingleton(provider => new CommitQueue(OptionsOf(provider).MaxQueuedCommits));
        services.AddSingleton<CommitMetrics>();
        services.AddSingleton<CommitObservers>();
        services.AddSingleton<DoubtfulBatches>();
        for (var lane = 0; lane < CommitQueue.Halves; lane++)
            services.AddSingleton(CreateLane);
        services.AddSingleton<GroupCommit>();
        services.AddSingleton(provider => new SnapshotReader(
            new ReadSnapshots(provider.GetRequiredService<JournalDataSources>().Engine), OptionsOf(provider).MaxQueuedReads));
        services.AddSingleton<IJournal, PostgresJournal>();
        return services;
    }

    /// <summary>
    /// Adds what a process that is no silo needs of the journal: <see cref="IClusterMap"/>, <see cref="IDurableClock"/>,
    /// <see cref="IClusterStatus"/>, <see cref="JournalDataSources"/> and <see cref="ServerWatch"/>. It holds no lease, owns nothing and commits nothing.
    /// </summary>
    public static IServiceCollection AddJournalClient(this IServiceCollection services, Action<JournalOptions> configure)
    {
        services.AddConnections(configure);
        services.AddClusterMap(static _ => { });
        services.AddOptions<ClusterMapOptions>().Configure<IOptions<JournalOptions>>(static (map, journal) => map.Database = journal.Value.Reader);
        services.AddSingleton<ServerWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<ServerWatch>());
        return services;
    }

    /// <summary>
    /// Adds <see cref="IClusterMap"/> to a process that is no silo: it follows the table as a hosted service, holds no lease and owns nothing.
    /// The options are validated when the host starts.
    /// </summary>
    public static IServiceCollection AddClusterMap(this IServiceCollection services, Action<ClusterMapOptions> configure)
    {
        services.AddOptions<ClusterMapOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton<ClusterMap>();
        services.AddSingleton<IClusterMap>(provider => provider.GetRequiredService<ClusterMap>());
        services.AddHostedService<ClusterMapReader>();
        return services;
    }

    private static void AddConnections(this IServiceCollection services, Action<JournalOptions> configure)
    {
        services.AddOptions<JournalOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddLogging();

        services.AddSingleton(provider => CreateIdentity(OptionsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new JournalDataSources(OptionsOf(provider), provider.GetRequiredService<SiloIdentity>()));
        services.AddSingleton(provider =>
        {
            var sources = provider.GetRequiredService<JournalDataSources>();
            return new JournalConnections(sources.Engine, sources.App) { Appends = sources.Appends };
        });
        services.AddSingleton<DurableClock>();
        services.AddSingleton<IDurableClock>(provider => provider.GetRequiredService<DurableClock>());
        services.AddSingleton<IClusterStatus, ClusterStatusReader>();
    }

    private static SiloIdentity CreateIdentity(JournalOptions options, TimeProvider clock) =>
        SiloIdentity.Create(options.SiloId, clock) with { Address = options.Address, Version = options.Version };

    /// <summary>By hand, since its constructor tells of what only the journal knows.</summary>
    private static SiloMembership CreateMembership(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<JournalOptions>>(),
        provider.GetRequiredService<SiloIdentity>(),
        provider.GetRequiredService<JournalDataSources>(),
        provider.GetRequiredService<LeaseGuard>(),
        provider.GetRequiredService<OwnedPartitions>(),
        provider.GetRequiredService<ClusterFollower>(),
        provider.GetRequiredService<HandOver>(),
        provider.GetRequiredService<Departure>(),
        provider.GetRequiredService<ExpiredSilos>(),
        provider.GetServices<IJoinGate>(),
        provider.GetRequiredService<DurableClock>(),
        provider.GetRequiredService<ServerHistory>(),
        provider.GetRequiredService<JournalHealth>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SiloMembership>>());

    private static CommitLane CreateLane(IServiceProvider provider)
    {
        var connection = new CommitConnection(
            provider.GetRequiredService<JournalDataSources>().Commits,
            provider.GetRequiredService<PartitionHeads>(),
            provider.GetRequiredService<DoubtfulBatches>(),
            provider.GetRequiredService<ServerHistory>(),
            provider.GetRequiredService<LeaseGuard>(),
            OptionsOf(provider).CommandRetention,
            provider.GetRequiredService<TimeProvider>());
        return new CommitLane(
            connection,
            provider.GetRequiredService<SiloIdentity>(),
            provider.GetRequiredService<LeaseGuard>(),
            provider.GetRequiredService<OwnedPartitions>(),
            provider.GetRequiredService<JournalHealth>(),
            provider.GetRequiredService<CommitObservers>(),
            provider.GetRequiredService<CommitMetrics>());
    }

    private static JournalOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<JournalOptions>>().Value;
}
