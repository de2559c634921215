using System.Globalization;
using System.Text.Json;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Verification;

/// <summary>Instant queries over Prometheus' HTTP API.</summary>
internal sealed class PrometheusClient(OutboundHttp http, SecretResolver secrets, IOptions<PrometheusOptions> options, TimeProvider time)
{
    private const int MaxAnswerBytes = 1024 * 1024;

    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<PrometheusAnswer> QueryAsync(string promQl, string? traceparent, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = await RequestAsync(promQl, traceparent, either.Token);
            using var response = await http.SendAsync(request, either.Token);
            var (text, isCut) = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, either.Token);
            return isCut ? new PrometheusAnswer.Unavailable("answer_too_large") : PrometheusAnswerReader.Read((int)response.StatusCode, text);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new PrometheusAnswer.Unavailable("timed_out");
        }
        catch (SecretUnavailableException)
        {
            return new PrometheusAnswer.Unavailable("secret_unavailable");
        }
        catch (JsonException)
        {
            return new PrometheusAnswer.Unavailable("answer_not_understood");
        }
        catch (Exception fault) when (RequestFault.IsExpected(fault))
        {
            return new PrometheusAnswer.Unavailable(RequestFault.Describe(fault));
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(string promQl, string? traceparent, CancellationToken cancellationToken)
    {
        var prefix = options.Value.Url.AbsoluteUri.TrimEnd('/');
        var address = string.Create(CultureInfo.InvariantCulture, $"{prefix}/api/v1/query?query={Uri.EscapeDataString(promQl)}&timeout={options.Value.TimeoutSeconds}s");
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "awooop");
        if (traceparent is not null)
            request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        if (options.Value.Token is { } token)
            request.Headers.Authorization = await secrets.ResolveBearerAsync(token, cancellationToken);
        return request;
    }
}
