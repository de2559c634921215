using System.Buffers;
using System.Text;

namespace AwoooP.Journal.Commits;

/// <summary>What is refused before it reaches the queue. Codes are stable.</summary>
internal static class CommitRules
{
    private const int MaxNameLength = 128;
    private const int MaxKeyLength = 512;
    private const int MaxProjectLength = 64;

    /// <summary>Null when the commit may be queued.</summary>
    public static string? Refuse(Commit commit)
    {
        if (commit.ExpectedVersion < 0)
            return "invalid_version";
        if (commit.State.Length > JournalLimits.MaxStateBytes)
            return "state_too_large";
        if (commit.Events.Count == 0)
            return "no_events";
        if (commit.Events.Count > JournalLimits.MaxEventsPerCommit)
            return "too_many_events";
        if (commit.Depth is < 0 or > JournalLimits.MaxDepth)
            return "chain_too_deep";
        if (!IsKey(commit.Id))
            return "invalid_key";
        if (!IsText(commit.Actor, MaxKeyLength) || (commit.TraceId is { } trace && !IsText(trace, MaxNameLength)))
            return "invalid_text";
        if (NulCharacter.IsIn(commit.State.Span) || NulCharacter.IsIn(commit.CommandOutcome.Span))
            return "nul_character";

        for (var index = 0; index < commit.Events.Count; index++)
        {
            var raised = commit.Events[index];
            if (raised.Data.Length > JournalLimits.MaxEventBytes)
                return "event_too_large";
            if (!IsText(raised.Type, MaxNameLength) || raised.TypeVersion is < 0 or > short.MaxValue)
                return "invalid_event_type";
            if (NulCharacter.IsIn(raised.Data.Span))
                return "nul_character";
        }

        foreach (var wake in commit.Wakes)
            if (!IsText(wake.Name, MaxNameLength) || wake.Period <= TimeSpan.Zero)
                return "invalid_wake";
        foreach (var claim in commit.Claims)
            if (!IsText(claim.Kind, MaxNameLength) || !IsText(claim.Key, MaxKeyLength))
                return "invalid_claim";
        return null;
    }

    private static bool IsKey(AggregateId id)
    {
        if (!IsText(id.Type, MaxNameLength) || !IsText(id.Key, MaxKeyLength))
            return false;

        var slash = id.Key.IndexOf('/');
        return slash is > 0 and <= MaxProjectLength && slash < id.Key.Length - 1 && !id.Key.AsSpan(0, slash).Contains(',');
    }

    /// <summary>PostgreSQL takes neither U+0000 nor half a surrogate pair in a text.</summary>
    private static bool IsText(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text) || text.Length > longest || text.Contains('\0'))
            return false;

        var rest = text.AsSpan();
        while (true)
        {
            var surrogate = rest.IndexOfAnyInRange('\ud800', '\udfff');
            if (surrogate < 0)
                return true;
            if (Rune.DecodeFromUtf16(rest[surrogate..], out _, out var used) != OperationStatus.Done)
                return false;

            rest = rest[(surrogate + used)..];
        }
    }
}
