namespace AwoooP.Models;

/// <summary>Calls models where they run.</summary>
public interface IModelProvider
{
    /// <summary>Names of the providers that are configured.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Sends one call; the provider is one of <see cref="Names"/>.</summary>
    /// <param name="callId">Names the call, for its trace.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled: the provider may have begun, and may charge for it.</exception>
    Task<ProviderReply> CompleteAsync(PlatformEnvelope envelope, Guid callId, CancellationToken cancellationToken);
}

/// <summary>What came back.</summary>
public abstract record ProviderReply
{
    /// <param name="PromptTokens">Null where the provider told no usage.</param>
    public sealed record Answered(string Text, int? PromptTokens, int? CompletionTokens) : ProviderReply;

    /// <param name="Code">Stable, e.g. <c>http_503</c> or <c>connection_failed</c>.</param>
    /// <param name="MayCost">False where the call was surely not sent, or the provider answered that it will not carry it out.</param>
    /// <param name="RetryAfter">When it may be asked again, where the provider said so.</param>
    public sealed record Failed(string Code, bool MayCost, TimeSpan? RetryAfter = null) : ProviderReply;
}
