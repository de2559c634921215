namespace AwoooP.Redaction;

/// <summary>
/// Finds one kind of secret. Every detector walks the text once from anchor to anchor, looks a bounded way back from an anchor and never reads the
/// same stretch forward twice, so that the work is linear in the length whatever the sender wrote.
/// </summary>
internal interface IDetector
{
    /// <summary>The next secret at or after <paramref name="from"/>; false when there is none up to the end.</summary>
    static abstract bool TryFind(ReadOnlySpan<char> text, int from, out Finding finding);
}

/// <summary>What is to be replaced: [<paramref name="Start"/>, <paramref name="End"/>), not empty.</summary>
internal readonly record struct Finding(int Start, int End, string Kind);
