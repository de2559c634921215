using System.Text.Json.Nodes;

namespace AwoooP.Systems;

/// <summary>What a model server was asked.</summary>
/// <param name="Prompt">The last message.</param>
/// <param name="Body">The whole of it.</param>
public sealed record ModelAsked(string Model, string Prompt, int MaxTokens, string Traceparent, JsonNode Body);

/// <summary>What a model server does with a question.</summary>
public abstract record ModelTurn
{
    /// <summary>Tells its usage where both numbers are given.</summary>
    public sealed record Answer(string Text, long? PromptTokens, long? CompletionTokens) : ModelTurn;

    /// <param name="RetryAfter">The header as it is sent.</param>
    public sealed record Status(int Code, string? RetryAfter = null) : ModelTurn;

    /// <summary>Answers 200 with whatever this is.</summary>
    public sealed record Raw(string Body) : ModelTurn;

    /// <summary>Cuts the connection in the middle of an answer.</summary>
    public sealed record HalfAnswer : ModelTurn;

    /// <summary>Cuts the connection without an answer.</summary>
    public sealed record NoAnswer : ModelTurn;

    /// <summary>Says nothing until it is let go, or the caller goes away.</summary>
    public sealed record Held(Task Until, ModelTurn Then) : ModelTurn;
}
