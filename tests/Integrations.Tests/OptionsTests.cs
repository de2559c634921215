using AwoooP.Integrations.Channels;
using AwoooP.Integrations.Commands;
using AwoooP.Integrations.Models;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Signing;
using AwoooP.Integrations.Tests.Peers;
using AwoooP.Integrations.Verification;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Outbound:AllowedOrigins:0", "http://a.test/path", typeof(OutboundOptions))]
    [InlineData("Outbound:AllowedOrigins:0", "ftp://a.test", typeof(OutboundOptions))]
    [InlineData("Outbound:AllowedOrigins:0", "http://u:p@a.test", typeof(OutboundOptions))]
    [InlineData("Outbound:MaxResponseBytes", "10", typeof(OutboundOptions))]
    [InlineData("Commands:Programs:x:Path", "relative/path", typeof(CommandOptions))]
    [InlineData("Commands:Folder", "relative", typeof(CommandOptions))]
    [InlineData("Prometheus:Url", "ftp://a.test", typeof(PrometheusOptions))]
    [InlineData("Prometheus:Token", "a plain token", typeof(PrometheusOptions))]
    [InlineData("Prometheus:TimeoutSeconds", "0", typeof(PrometheusOptions))]
    [InlineData("Webhooks:TimeoutSeconds", "11", typeof(WebhookOptions))]
    [InlineData("Webhooks:Receivers:ops:Secret", "a plain key", typeof(WebhookOptions))]
    [InlineData("Models:Providers:0:Name", "OpenAI", typeof(ModelOptions))]
    [InlineData("Models:Providers:0:Url", "http://u:p@a.test", typeof(ModelOptions))]
    [InlineData("Models:Providers:0:Url", "http://a.test/v1?key=1", typeof(ModelOptions))]
    [InlineData("Models:Providers:0:Key", "a plain key", typeof(ModelOptions))]
    [InlineData("Models:Providers:0:TimeoutSeconds", "601", typeof(ModelOptions))]
    [InlineData("Models:Prices", "prices.json", typeof(ModelOptions))]
    [InlineData("Models:Prices", "/nowhere/prices.json", typeof(ModelOptions))]
    public async Task AddIntegrations_InvalidSetting_IsRefused(string key, string value, Type type)
    {
        var settings = new Dictionary<string, string?> { [key] = value };
        if (key.StartsWith("Models:Providers", StringComparison.Ordinal))
        {
            settings.TryAdd("Models:Providers:0:Name", "local");
            settings.TryAdd("Models:Providers:0:Url", "http://a.test/v1");
        }

        await using var adapters = new Adapters(settings);

        Should.Throw<OptionsValidationException>(() => Read(adapters, type)).Message.ShouldContain($"Integrations:{key}");
    }

    [Fact]
    public async Task AddIntegrations_PatternThatCannotBeMatchedInLinearTime_IsRefused()
    {
        await using var adapters = new Adapters(new() { ["Commands:Programs:x:Path"] = "/bin/true", ["Commands:Programs:x:Arguments:0"] = "(a)\\1" });

        Should.Throw<OptionsValidationException>(() => Read(adapters, typeof(CommandOptions)));
    }

    [Fact]
    public async Task AddIntegrations_Defaults_AreValid()
    {
        await using var adapters = new Adapters([]);

        foreach (var type in new[] { typeof(OutboundOptions), typeof(CommandOptions), typeof(PrometheusOptions), typeof(WebhookOptions), typeof(ModelOptions) })
            Read(adapters, type).ShouldNotBeNull();
        adapters.Get<IOptionsMonitor<SigningOptions>>().Get(SigningOptions.Contracts).Keys.ShouldBeEmpty();
    }

    private static object Read(Adapters adapters, Type type)
    {
        if (type == typeof(OutboundOptions))
            return adapters.Get<IOptions<OutboundOptions>>().Value;
        if (type == typeof(CommandOptions))
            return adapters.Get<IOptions<CommandOptions>>().Value;
        if (type == typeof(ModelOptions))
            return adapters.Get<IOptions<ModelOptions>>().Value;
        return type == typeof(PrometheusOptions) ? adapters.Get<IOptions<PrometheusOptions>>().Value : adapters.Get<IOptions<WebhookOptions>>().Value;
    }
}
