using AwoooP.Journal.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Alerts;

internal static class AlertServices
{
    /// <summary>Configuration: <c>Classifier</c> (<see cref="ClassifierOptions"/>).</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<ClassifierOptions>().BindConfiguration("Classifier")
            .Validate(options => options.RuleFiles.Values.All(File.Exists), "Every classifier rule file exists.")
            .ValidateOnStart();
        services.AddSingleton<IAlertClassifier, ProjectClassifiers>();
        return services.AddSingleton<IIntakeConsumer, AlertIntake>();
    }
}
