using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Kpis;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Time;
using AwoooP.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AwoooP;

public static class GrainServices
{
    /// <summary>
    /// The domain: what grains work with, the reactions between them, the subscriber grains, the consumer of alert intake, and the target of wake-ups.
    /// Configuration: <c>Playbooks</c> (<see cref="PlaybookOptions"/>), <c>Classifier</c> (<see cref="ClassifierOptions"/>) and what
    /// <see cref="RunServices"/> names. Needs the journal, its delivery and an engine; a <see cref="PlatformZone"/> registered before wins over the default.
    /// </summary>
    public static IServiceCollection AddGrainServices(this IServiceCollection services)
    {
        services.AddOptions<PlaybookOptions>().BindConfiguration("Playbooks");
        services.AddOptions<ClassifierOptions>().BindConfiguration("Classifier")
            .Validate(options => options.RuleFiles.Values.All(File.Exists), "Every classifier rule file exists.")
            .ValidateOnStart();
        services.TryAddSingleton(PlatformZone.Default);
        services.TryAddSingleton(EventCatalog.Default);
        services.AddSingleton<AggregateServices>();
        services.AddSingleton<IAlertClassifier, ProjectClassifiers>();

        services.AddSingleton<IIntakeConsumer, AlertIntake>();
        services.AddSingleton<IWakeTarget, WakeTarget>();
        services.AddSingleton<IReaction, IncidentReactions>();
        services.AddSingleton<IReaction, PlanReactions>();
        services.AddSingleton<IReaction, PlaybookReactions>();
        services.AddSingleton<IReaction, TrustReactions>();
        services.AddSingleton<ISubscription, PlaybookCatalogSubscription>();
        services.AddSingleton<ISubscription, KpiSubscription>();
        return services.AddRunServices();
    }
}
