using System.Collections.Concurrent;
using AwoooP.Journal;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>What really happened outside: one entry an effect, with whether its intent was durable at that moment.</summary>
internal sealed class EffectLedger(InMemoryJournal journal)
{
    private readonly ConcurrentQueue<(string Step, Guid ToolCallId, bool IntentWasDurable)> _entries = new();

    public IReadOnlyList<(string Step, Guid ToolCallId, bool IntentWasDurable)> Entries => [.. _entries];

    public int CountOf(string step) => _entries.Count(entry => entry.Step == step);

    public void Note(string step, Guid toolCallId) => _entries.Enqueue((step, toolCallId, journal.Events.Any(recorded => IsIntent(recorded, toolCallId))));

    private static bool IsIntent(RecordedEvent recorded, Guid toolCallId) =>
        recorded.Type == "run.step_begun" && System.Text.Encoding.UTF8.GetString(recorded.Data.Span).Contains(toolCallId.ToString(), StringComparison.Ordinal);
}
