using System.Globalization;
using System.Text.Json;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Notifications;
using AwoooP.Redaction;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Channels;

/// <summary>Posts signed messages to configured receivers.</summary>
internal sealed class WebhookChannel(OutboundHttp http, SecretResolver secrets, IOptions<WebhookOptions> options, TimeProvider time) : INotificationChannel
{
    private const int MaxAnswerBytes = 4 * 1024;
    private const int LongestMessageId = 128;

    public NotificationChannel Channel => NotificationChannel.Webhook;

    public async Task<NotificationSendResult> SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        if (!options.Value.Receivers.TryGetValue(message.Recipient, out var receiver))
            return new NotificationSendResult.Permanent("webhook_not_configured");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var key = await secrets.ResolveAsync(receiver.Secret, either.Token);
            using var request = Request(receiver.Url!, key, message);
            using var response = await http.SendAsync(request, either.Token);
            return await OutcomeAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new NotificationSendResult.Retryable("timed_out");
        }
        catch (SecretUnavailableException)
        {
            return new NotificationSendResult.Retryable("secret_unavailable");
        }
        catch (Exception fault) when (RequestFault.IsExpected(fault))
        {
            return new NotificationSendResult.Retryable(RequestFault.Describe(fault));
        }
    }

    private HttpRequestMessage Request(Uri url, string key, NotificationMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage(
                message.NotificationId, message.ProjectId, message.Type, Redactor.Redact(message.Title), Redactor.Redact(message.Body),
                message.IncidentId, message.ApprovalId, message.QueuedAt, message.Attempt, message.TraceId),
            WebhookJson.Default.WebhookMessage);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        request.Headers.TryAddWithoutValidation("User-Agent", "awooop");
        request.Headers.TryAddWithoutValidation("Awooop-Notification-Id", message.NotificationId.ToString());
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.Sign(key, time.GetUtcNow(), body));
        if (message.TraceId is { Length: 32 } trace)
            request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{message.NotificationId.ToString("N")[16..]}-01");
        return request;
    }

    private async Task<NotificationSendResult> OutcomeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var error = string.Create(CultureInfo.InvariantCulture, $"http_{status}");
        return status switch
        {
            >= 200 and < 300 => new NotificationSendResult.Delivered(await MessageIdAsync(response, cancellationToken)),
            429 => new NotificationSendResult.RateLimited(RetryAfter.Of(response, time.GetUtcNow())),
            408 or 425 or >= 500 => new NotificationSendResult.Retryable(error),
            _ => new NotificationSendResult.Permanent(error),
        };
    }

    /// <summary>The <c>id</c> of a JSON answer, if there is a short one. The message has arrived, whatever the answer's body is.</summary>
    private static async Task<string?> MessageIdAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
            return null;
        try
        {
            var (text, isCut) = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, cancellationToken);
            if (isCut)
                return null;
            using var document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= LongestMessageId } value ? Redactor.Redact(value) : null;
        }
        catch (Exception fault) when (fault is JsonException or OperationCanceledException || RequestFault.IsExpected(fault))
        {
            return null;
        }
    }
}
