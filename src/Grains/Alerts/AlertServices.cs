using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Alerts;

internal static class AlertServices
{
    /// <summary>Configuration: <c>Classifier</c> (<see cref="ClassifierOptions"/>).</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSettings<ClassifierOptions>(ClassifierOptions.Section).Services.AddSingleton<IValidateOptions<ClassifierOptions>, ValidateClassifierOptions>();
        services.AddSingleton<IAlertClassifier, ProjectClassifiers>();
        return services.AddSingleton<IIntakeConsumer, AlertIntake>();
    }
}
