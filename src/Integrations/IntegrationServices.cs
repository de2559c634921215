using System.Text.RegularExpressions;
using AwoooP.Integrations.Channels;
using AwoooP.Integrations.Commands;
using AwoooP.Integrations.Http;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Integrations.Verification;
using AwoooP.Notifications;
using AwoooP.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AwoooP.Integrations;

/// <summary>Adapters for what lies outside: executors of steps and notification channels. Section <c>Integrations</c>.</summary>
public static class IntegrationServices
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Integrations");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<AllowedOrigins>();
        services.AddSingleton<SecretResolver>();
        services.AddSingleton<StepRequests>();

        services.AddOptions<OutboundOptions>().Bind(section.GetSection("Outbound"))
            .Validate(options => options.AllowedOrigins.All(OutboundOptions.IsOrigin), "Integrations:Outbound:AllowedOrigins takes scheme, host and port only, e.g. http://127.0.0.1:9000.")
            .Validate(options => options.MaxResponseBytes is >= 1024 and <= 1024 * 1024 && options.MaxRequestBytes is >= 0 and <= 1024 * 1024, "Integrations:Outbound: sizes go up to 1,048,576 bytes, answers from 1,024.")
            .ValidateOnStart();
        return services.AddCommands(section).AddVerification(section).AddChannels(section);
    }

    private static IServiceCollection AddCommands(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<CommandOptions>().Bind(section.GetSection("Commands"))
            .Validate(options => options.Programs.Values.All(program => Path.IsPathFullyQualified(program.Path) && Path.IsPathFullyQualified(program.WorkingDirectory)), "Integrations:Commands:Programs: Path and WorkingDirectory are absolute.")
            .Validate(options => options.Programs.Values.SelectMany(program => program.Arguments).All(IsPattern), "Integrations:Commands:Programs: an argument pattern is no regular expression that can be matched in linear time.")
            .Validate(options => options.Folder is null || Path.IsPathFullyQualified(options.Folder), "Integrations:Commands:Folder is an absolute path.")
            .ValidateOnStart();
        services.AddSingleton<ProgramAllowList>();
        services.AddSingleton<ProgramRunner>();
        services.AddSingleton<IStepExecutor, CommandExecutor>();
        services.AddSingleton<IStepExecutor, HttpExecutor>();
        return services;
    }

    private static IServiceCollection AddVerification(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<PrometheusOptions>().Bind(section.GetSection("Prometheus"))
            .Validate(options => options.Url is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }, "Integrations:Prometheus:Url is an http or https address without credentials.")
            .Validate(options => options.Token is null || SecretResolver.IsReference(options.Token), "Integrations:Prometheus:Token is a reference such as env://NAME, not the token.")
            .Validate(options => options.TimeoutSeconds is >= 1 and <= 120, "Integrations:Prometheus:TimeoutSeconds is 1 to 120.")
            .ValidateOnStart();
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<ConditionCheck>();
        services.AddSingleton<IStepExecutor, VerifyExecutor>();
        return services;
    }

    private static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<WebhookOptions>().Bind(section.GetSection("Webhooks"))
            .Validate(options => options.Receivers.Values.All(receiver => receiver.Url is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }), "Integrations:Webhooks:Receivers: Url is an http or https address without credentials.")
            .Validate(options => options.Receivers.Values.All(receiver => SecretResolver.IsReference(receiver.Secret)), "Integrations:Webhooks:Receivers: Secret is a reference such as env://NAME, not the key.")
            .Validate(options => options.TimeoutSeconds is >= 1 and <= 10, "Integrations:Webhooks:TimeoutSeconds is 1 to 10.")
            .ValidateOnStart();
        services.AddSingleton<INotificationChannel, WebhookChannel>();
        foreach (var channel in new[] { NotificationChannel.Telegram, NotificationChannel.Email, NotificationChannel.Slack, NotificationChannel.Sms, NotificationChannel.Discord })
            services.AddSingleton<INotificationChannel>(new UnconfiguredChannel(channel));
        return services;
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            ProgramAllowList.Compile(pattern);
            return true;
        }
        catch (Exception fault) when (fault is RegexParseException or NotSupportedException)
        {
            return false;
        }
    }
}
