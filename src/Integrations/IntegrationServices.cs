using AwoooP.Audit;
using AwoooP.Contracts;
using AwoooP.Integrations.Audit;
using AwoooP.Integrations.Channels;
using AwoooP.Integrations.Commands;
using AwoooP.Integrations.Contracts;
using AwoooP.Integrations.Http;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Integrations.Verification;
using AwoooP.Notifications;
using AwoooP.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations;

/// <summary>Adapters for what lies outside: executors of steps and notification channels. Section <c>Integrations</c>.</summary>
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
        return services.AddOutbound(section).AddCommands(section).AddVerification(section).AddChannels(section).AddContracts(section);
    }

    /// <summary>The keys of the audit chains: what signs their heads, and checks them. For every process that answers about them.</summary>
    public static IServiceCollection AddAuditKeys(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SecretResolver>();
        services.AddOptions<AuditKeyOptions>().Bind(configuration.GetSection("Integrations").GetSection("Audit")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditKeyOptions>, ValidateAuditKeyOptions>();
        services.AddSingleton<IAuditSigner, AuditSigner>();
        return services;
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

    private static IServiceCollection AddContracts(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<ContractOptions>().Bind(section.GetSection("Contracts")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ContractOptions>, ValidateContractOptions>();
        return services.AddSingleton<IContractKeys, ContractKeys>();
    }
}
