using AwoooP.Alerts;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Intake;

/// <summary>Where alerts come in. One append a request; answered when it is durable.</summary>
internal static class AlertIntakeEndpoints
{
    public static void MapAlertIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/alerts", PostAlertsAsync)
            .NeedsKeyUnlessLoopback(OperatorRole.Operator)
            .WithMetadata(new SentBody(nameof(PostableAlert), Many: true))
            .WithTags("intake").WithSummary("Take alerts as Alertmanager does");
        routes.MapPost("/v1/webhooks/alertmanager", PostWebhookAsync)
            .NeedsKeyUnlessLoopback(OperatorRole.Operator)
            .WithMetadata(new SentBody(nameof(WebhookMessage), Many: false))
            .WithTags("intake").WithSummary("Take an Alertmanager webhook, version 4");
    }

    private static Task<IResult> PostAlertsAsync(HttpContext http, AlertIntakePort port, IOptions<FrontOptions> options, CancellationToken cancellationToken) =>
        port.TakeAsync(http, AlertBatch.AlertmanagerApi, options.Value.ResolveTimeout, static (reader, body) => reader.ReadArray(body), cancellationToken);

    private static Task<IResult> PostWebhookAsync(HttpContext http, AlertIntakePort port, IOptions<FrontOptions> options, CancellationToken cancellationToken) =>
        port.TakeAsync(http, AlertBatch.AlertmanagerWebhook, options.Value.WebhookResolveTimeout, static (reader, body) => reader.ReadWebhook(body), cancellationToken);
}
