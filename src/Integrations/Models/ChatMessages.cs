using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Models;

namespace AwoooP.Integrations.Models;

/// <summary>What is sent.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, int MaxTokens, bool Stream);

internal sealed record ChatMessage(string? Role, string? Content)
{
    public static ChatMessage Of(ModelMessage message) => new(Literal.Of(message.Role), message.Text);
}

/// <summary>Of what comes back, what is looked at.</summary>
internal sealed record ChatAnswer(IReadOnlyList<ChatChoice>? Choices, ChatUsage? Usage);

internal sealed record ChatChoice(ChatMessage? Message);

internal sealed record ChatUsage(long? PromptTokens, long? CompletionTokens)
{
    /// <summary>More than any call has: somebody who tells it tells nothing.</summary>
    private const long MaxTokens = 100_000_000;

    public int? Told(Func<ChatUsage, long?> part) => part(this) is >= 0 and <= MaxTokens and var tokens ? (int)tokens : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatAnswer))]
internal sealed partial class ChatJson : JsonSerializerContext;
