namespace AwoooP.Alerts;

/// <summary>
/// What was found out about texts that come again and again: the few thousand rules and services of a site name all of its alerts.
/// Senders choose the texts, so neither many nor long ones may fill the memory, nor keep others out of it for good.
/// </summary>
/// <remarks>A fixed table in which a newer text takes the older one's place; races only lose an entry. Long texts are not kept.</remarks>
internal sealed class VerdictMemory<T>(Func<string, T> judge)
{
    private const int Slots = 16 * 1024;
    private const int MaxLength = 128;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public T Of(string text)
    {
        if (text.Length > MaxLength)
            return judge(text);

        ref var slot = ref _entries[(uint)text.GetHashCode(StringComparison.Ordinal) % Slots];
        if (slot is { } known && known.Text == text)
            return known.Verdict;

        var verdict = judge(text);
        slot = new Entry(text, verdict);
        return verdict;
    }

    private sealed record Entry(string Text, T Verdict);
}
