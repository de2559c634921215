using AwoooP.Journal.Intake.Sql;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Intake;

public static class IntakeServices
{
    /// <summary>
    /// Offers <see cref="IIntakeLog"/> and <see cref="IIntakeStatus"/>, and works the log off through every registered
    /// <see cref="IIntakeConsumer"/>. Needs the journal's own services.
    /// </summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, Action<IntakeOptions>? configure = null)
    {
        services.AddOptions<IntakeOptions>().Configure(options => configure?.Invoke(options))
            .Validate(options => TimeSpan.Zero <= options.MinRest && options.MinRest <= options.MaxRest, "MinRest is not negative and at most MaxRest.")
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();

        services.AddSingleton(provider => new DrainRate(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AppendIntake(
            provider.GetRequiredService<JournalConnections>().Appends, provider.GetRequiredService<IPartitionOwnership>()));
        services.AddSingleton(provider => new RejectIntake(provider.GetRequiredService<JournalConnections>().Engine));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IntakePump>(provider, provider.GetRequiredService<IOptions<IntakeOptions>>().Value));
        services.AddSingleton<IntakeLog>();
        services.AddSingleton<IIntakeLog>(provider => provider.GetRequiredService<IntakeLog>());
        services.AddSingleton<IntakeService>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IntakeService>());
        services.AddSingleton<IIntakeStatus>(provider => provider.GetRequiredService<IntakeService>());
        return services;
    }
}
