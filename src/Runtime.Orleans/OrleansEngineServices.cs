using System.Text.Json;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Reports;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Connections;
using AwoooP.Runtime.Membership;
using AwoooP.Runtime.Messages;
using AwoooP.Runtime.Placement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace AwoooP.Runtime;

public static class OrleansEngineServices
{
    /// <summary>
    /// Hosts grains in this process by Orleans, as one silo of those that the journal knows, and offers <see cref="IGrainFactory"/>,
    /// <see cref="IClusterClient"/> and <see cref="IActivationControl"/>. Register it after the journal and before what calls the grains:
    /// hosted services stop in reverse.
    /// </summary>
    public static IServiceCollection AddOrleansEngine(this IServiceCollection services, OrleansEngineOptions options)
    {
        services.AddSingleton(options);
        // Before Orleans: a hosted service that starts earlier stops later, and hears of lost leases for as long as there are grains.
        services.AddHostedService<LostMemory>();
        services.AddOrleans(silo =>
        {
            Configure(silo, options);
            silo.AddActivityPropagation();
            silo.AddIncomingGrainCallFilter<AnswerGuard>();
            silo.AddOutgoingGrainCallFilter<RepeatedCalls>();
            silo.Services.AddSerializer(serializer => serializer.AddGrainMessages(options.Messages));
            silo.Services.AddConnectionPings();
        });
        AddMembership(services);
        AddPlacement(services);
        AddActivations(services);
        return services;
    }

    private static void Configure(ISiloBuilder silo, OrleansEngineOptions options)
    {
        silo.Configure<ClusterOptions>(static cluster => cluster.ClusterId = cluster.ServiceId = "awooop");
        silo.Configure<SiloOptions>(own => own.SiloName = options.SiloId);
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = options.Address.Endpoint.Address;
            endpoint.SiloPort = options.Address.Endpoint.Port;
            endpoint.SiloListeningEndpoint = options.Listens;
            endpoint.GatewayPort = 0;
        });
        silo.Configure<SiloMessagingOptions>(calls =>
        {
            calls.ResponseTimeout = options.CallTimeout;
            calls.MaxEnqueuedRequestsHardLimit = options.MailboxLimit;
            // A partition that moves twice while a call is under way takes it along.
            calls.MaxForwardCount = 8;
        });
        silo.Configure<GrainCollectionOptions>(memory => memory.CollectionAge = options.IdleTimeout);
        silo.Configure<ClusterMembershipOptions>(static membership =>
        {
            // Who is alive is the lease's to say, and nobody else's.
            membership.LivenessEnabled = false;
            membership.UseLivenessGossip = false;
            membership.DefunctSiloCleanupPeriod = null;
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(2);
        });
    }

    private static void AddMembership(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<ILocalSiloDetails, LocalSilo>());
        services.AddSingleton<JournalMembershipTable>();
        services.AddSingleton<IMembershipTable>(static provider => provider.GetRequiredService<JournalMembershipTable>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipFollower>();
        services.AddSingleton<JoinWhenActive>();
        services.AddSingleton<IJoinGate>(static provider => provider.GetRequiredService<JoinWhenActive>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<JoinWhenActive>());
    }

    private static void AddPlacement(IServiceCollection services)
    {
        services.AddSingleton<PartitionSites>();
        services.AddSingleton<IPartitionRelease, PartitionRelease>();
        services.AddSingleton<PartitionDirectory>();
        services.AddSingleton<IGrainDirectoryCache>(static provider => provider.GetRequiredService<PartitionDirectory>());
        services.AddSingleton<IGrainDirectoryResolver, PartitionDirectoryResolver>();
        services.AddSingleton<IGrainPropertiesProvider, PartitionedGrainTypes>();
        services.AddPlacementDirector<PartitionPlacement, PartitionPlacementDirector>();
    }

    private static void AddActivations(IServiceCollection services)
    {
        services.AddSingleton<PlacedActivations>();
        services.AddSingleton<IConfigureGrainContextProvider>(static provider => provider.GetRequiredService<PlacedActivations>());
        services.AddSingleton<IActivationControl>(static provider => provider.GetRequiredService<PlacedActivations>());
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<IGrainFigures, GrainLoad>();
    }

    /// <summary>Has arguments, answers, context values and promised exceptions of the platform's grains travel as they do between embedded silos.</summary>
    public static ISerializerBuilder AddGrainMessages(this ISerializerBuilder serializer, JsonSerializerOptions known)
    {
        var messages = new MessageTypes(known);
        // Not its copier, which would write and read every message that stays in the process.
        serializer.AddJsonSerializer(messages.IsMessage, null, json => json.Configure(codec => codec.SerializerOptions = messages.Json));
        serializer.Services.AddSingleton(messages);
        serializer.Services.AddSingleton<IGeneralizedCopier, SharedMessages>();
        serializer.Services.AddSingleton<ForeignFaultCodec>();
        serializer.Services.AddSingleton<IGeneralizedCodec>(static provider => provider.GetRequiredService<ForeignFaultCodec>());
        serializer.Services.AddSingleton<IGeneralizedCopier>(static provider => provider.GetRequiredService<ForeignFaultCodec>());
        serializer.Services.AddSingleton<ITypeNameFilter, OwnTypeNames>();
        serializer.Services.Configure<ExceptionSerializationOptions>(static faults => faults.SupportedNamespacePrefixes.Add(OwnTypeNames.Prefix));
        return serializer;
    }
}
