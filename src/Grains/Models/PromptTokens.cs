using System.Text;

namespace AwoooP.Models;

/// <summary>
/// How many tokens a prompt has at most. Which tokenizer a model has is not known here; those in use work on bytes, and no token is shorter than
/// one. What a chat puts around each message is a few tokens more.
/// </summary>
internal static class PromptTokens
{
    private const int AroundAMessage = 16;

    public static int AtMost(IReadOnlyList<ModelMessage> payload) => payload.Sum(static message => Encoding.UTF8.GetByteCount(message.Text) + AroundAMessage);
}
