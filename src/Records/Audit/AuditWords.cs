using System.Text.Json;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>
/// What an event's own words add to its row. Read as plain JSON and not as the type: an act that this build does not know the shape of is an act
/// all the same, and its chain cannot wait for a build that does.
/// </summary>
/// <param name="Operation">What was refused, for a refusal.</param>
internal readonly record struct AuditWords(AuditOutcome Outcome, string? Reason, string? Operation = null)
{
    /// <summary>Characters.</summary>
    private const int MaxReason = 2000;

    private static readonly string Succeeded = Literal.Of(StepStatus.Succeeded);

    /// <summary>Where people and the platform say why, the first that is there.</summary>
    private static readonly string[] Reasons = ["reason", "comment", "message", "error_code"];

    public static AuditWords Of(string type, ReadOnlyMemory<byte> data)
    {
        var outcome = AuditActs.OutcomeOf(type);
        using var json = Parse(data);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            return new AuditWords(outcome, null);

        return new AuditWords(
            outcome == AuditOutcome.Done && SaysFailed(root) ? AuditOutcome.Failed : outcome,
            ReasonOf(root).Cut(MaxReason),
            outcome == AuditOutcome.Denied ? Text(root, "operation") : null);
    }

    /// <summary>A step that ended otherwise than well, and a dry run that did not pass.</summary>
    private static bool SaysFailed(JsonElement root) =>
        (root.TryGetProperty("step_no", out _) && Text(root, "status") is { } status && status != Succeeded)
        || (root.TryGetProperty("passed", out var passed) && passed.ValueKind == JsonValueKind.False);

    private static string? ReasonOf(JsonElement root)
    {
        if (root.TryGetProperty("call", out var call) && call.ValueKind == JsonValueKind.Object)
            return CallOf(root, call);

        // Which way somebody voted is the point of a vote.
        if (root.TryGetProperty("vote", out var vote) && vote.ValueKind == JsonValueKind.Object && Text(vote, "choice") is { } choice)
            return Text(vote, "comment") is { Length: > 0 } comment ? $"{choice}: {comment}" : choice;

        return Reasons.Select(name => Text(root, name)).FirstOrDefault(static text => text is { Length: > 0 });
    }

    /// <summary>What a call of a model was and has cost, e.g. <c>openai/gpt-small: 0.1234 USD, 900 tokens; run …; incident …</c>.</summary>
    private static string CallOf(JsonElement root, JsonElement call)
    {
        var spent = root.TryGetProperty("actual", out var actual) || root.TryGetProperty("charged", out actual) ? actual : default;
        var parts = new List<string> { $"{Text(call, "provider")}/{Text(call, "model")}: {Number(spent, "usd")} USD, {Number(spent, "tokens")} tokens" };
        if (Text(call, "run_id") is { } run)
            parts.Add($"run {run}");
        if (Text(call, "incident_id") is { } incident)
            parts.Add($"incident {incident}");
        return string.Join("; ", parts);
    }

    /// <summary>As the log has written it.</summary>
    private static string Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "0";

    private static string? Text(JsonElement parent, string name)
    {
        try
        {
            return parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: JSON allows it, text does not.
            return null;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
