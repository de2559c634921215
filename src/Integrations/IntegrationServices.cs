using AwoooP.Audit;
using AwoooP.Contracts;
using AwoooP.Integrations.Audit;
using AwoooP.Integrations.Channels;
using AwoooP.Integrations.Commands;
using AwoooP.Integrations.Contracts;
using AwoooP.Integrations.Http;
using AwoooP.Integrations.Models;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Integrations.Signing;
using AwoooP.Integrations.Verification;
using AwoooP.Models;
using AwoooP.Notifications;
using AwoooP.Runs;
using AwoooP.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations;

/// <summary>Adapters for what lies outside: executors of steps, notification channels and providers of models. Section <c>Integrations</c>.</summary>
public static class IntegrationServices
{
    private static readonly NotificationChannel[] UnconfiguredChannels =
        [NotificationChannel.Telegram, NotificationChannel.Email, NotificationChannel.Slack, NotificationChannel.Sms, NotificationChannel.Discord];

    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Integrations");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SecretResolver>();
        return services.AddOutbound(section).AddCommands(section).AddVerification(section).AddChannels(section).AddContracts(section).AddProviders(section);
    }

    /// <summary>The keys of the audit chains: what signs their heads, and checks them. For every process that answers about them.</summary>
    public static IServiceCollection AddAuditKeys(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddSigningKeys(SigningOptions.Audit, configuration.GetSection("Integrations").GetSection("Audit"))
            .AddSingleton<IAuditSigner, AuditSigner>();
    }

    /// <summary>Secrets by reference, for what is no adapter itself, as the front is.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SecretResolver>();
        return services.AddSingleton<ISecretSource, SecretSource>();
    }

    private static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<OutboundOptions>().Bind(section.GetSection("Outbound")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboundOptions>, ValidateOutboundOptions>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<AllowedOrigins>();
        services.AddSingleton<StepRequests>();
        services.AddSingleton<IStepExecutor, HttpExecutor>();
        return services;
    }

    private static IServiceCollection AddCommands(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<CommandOptions>().Bind(section.GetSection("Commands")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CommandOptions>, ValidateCommandOptions>();
        services.AddSingleton<ProgramAllowList>();
        services.AddSingleton<ProgramRunner>();
        services.AddSingleton<IStepExecutor, CommandExecutor>();
        return services;
    }

    private static IServiceCollection AddVerification(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<PrometheusOptions>().Bind(section.GetSection("Prometheus")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PrometheusOptions>, ValidatePrometheusOptions>();
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<ConditionCheck>();
        services.AddSingleton<IStepExecutor, VerifyExecutor>();
        return services;
    }

    private static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<WebhookOptions>().Bind(section.GetSection("Webhooks")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, ValidateWebhookOptions>();
        services.AddSingleton<INotificationChannel, WebhookChannel>();
        foreach (var channel in UnconfiguredChannels)
            services.AddSingleton<INotificationChannel>(new UnconfiguredChannel(channel));
        return services;
    }

    private static IServiceCollection AddContracts(this IServiceCollection services, IConfiguration section) =>
        services.AddSigningKeys(SigningOptions.Contracts, section.GetSection("Contracts")).AddSingleton<IContractKeys, ContractKeys>();

    private static IServiceCollection AddSigningKeys(this IServiceCollection services, string use, IConfiguration section)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SecretResolver>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SigningOptions>, ValidateSigningOptions>());
        services.AddOptions<SigningOptions>(use).Bind(section).ValidateOnStart();
        return services;
    }

    private static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<ModelOptions>().Bind(section.GetSection("Models")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ValidateModelOptions>();
        services.AddSingleton<IModelPrices, ModelPrices>();
        return services.AddSingleton<IModelProvider, ChatCompletionsClient>();
    }
}
