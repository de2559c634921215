using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using AwoooP.Integrations.Outbound;
using AwoooP.Integrations.Secrets;
using AwoooP.Models;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Models;

/// <summary>Calls models at providers that speak OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat</summary>
internal sealed class ChatCompletionsClient(OutboundHttp http, SecretResolver secrets, IOptions<ModelOptions> options, TimeProvider time) : IModelProvider
{
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly FrozenDictionary<string, ModelProviderOptions> _providers =
        options.Value.Providers.ToFrozenDictionary(static provider => provider.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _providers.Keys;

    public async Task<ProviderReply> CompleteAsync(PlatformEnvelope envelope, Guid callId, CancellationToken cancellationToken)
    {
        var provider = _providers[envelope.Provider];
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(provider.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = await RequestAsync(provider, envelope, callId, either.Token);
            using var response = await http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode ? await ReadAsync(response, either.Token) : Refused(response);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ProviderReply.Failed("timed_out", MayCost: true);
        }
        catch (SecretUnavailableException)
        {
            return new ProviderReply.Failed("secret_unavailable", MayCost: false);
        }
        catch (Exception fault) when (RequestFault.IsExpected(fault))
        {
            return new ProviderReply.Failed(RequestFault.Describe(fault), MayCost: !IsSurelyUnsent(fault));
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(ModelProviderOptions provider, PlatformEnvelope envelope, Guid callId, CancellationToken cancellationToken)
    {
        var body = new ChatRequest(envelope.Model, [.. envelope.Payload.Select(ChatMessage.Of)], envelope.MaxTokens, Stream: false);
        var request = new HttpRequestMessage(HttpMethod.Post, $"{provider.Url!.AbsoluteUri.TrimEnd('/')}/chat/completions")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, ChatJson.Default.ChatRequest)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "awooop");
        if (TraceHeaders.Traceparent(envelope.TraceId, callId) is { } traceparent)
            request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        if (provider.Key is { } key)
            request.Headers.Authorization = await secrets.ResolveBearerAsync(key, cancellationToken);
        return request;
    }

    /// <summary>The provider has answered without an answer of the model. Only a refusal says that it was not asked: who gave up waiting for it may still be billed.</summary>
    private ProviderReply.Failed Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var isRefusal = status is (>= 300 and < 500 and not 408) or 503;
        return new ProviderReply.Failed(
            string.Create(CultureInfo.InvariantCulture, $"http_{status}"),
            MayCost: !isRefusal,
            status is 429 or 503 ? RetryAfter.Of(response, time.GetUtcNow()) : null);
    }

    private static async Task<ProviderReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (text, isCut) = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, cancellationToken);
        if (isCut)
            return new ProviderReply.Failed("answer_too_large", MayCost: true);

        try
        {
            return JsonSerializer.Deserialize(text, ChatJson.Default.ChatAnswer) is { Choices: [{ Message: { } message }, ..] } answer
                ? new ProviderReply.Answered(message.Content ?? "", answer.Usage?.Told(static usage => usage.PromptTokens), answer.Usage?.Told(static usage => usage.CompletionTokens))
                : new ProviderReply.Failed("answer_not_understood", MayCost: true);
        }
        catch (JsonException)
        {
            return new ProviderReply.Failed("answer_not_understood", MayCost: true);
        }
    }

    /// <summary>No connection came about, so nothing of the request was sent over one.</summary>
    private static bool IsSurelyUnsent(Exception fault) => fault is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };
}
