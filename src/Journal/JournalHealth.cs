using AwoooP.Journal.Membership;

namespace AwoooP.Journal;

/// <summary>Whether commits succeed now. It follows the last commit or lease renewal, and so turns back by itself.</summary>
public sealed class JournalHealth(LeaseGuard lease)
{
    private volatile JournalState _state = JournalState.Starting;

    /// <summary>Raised with the new state, on the task that noticed.</summary>
    public event Action<JournalState>? Changed;

    public JournalState State => _state;

    /// <summary>What readiness says: true only while the journal can write.</summary>
    public bool IsReady => _state == JournalState.Ready && lease.IsValid;

    internal void Report(JournalState state)
    {
        if (_state == state)
            return;

        _state = state;
        Changed?.Invoke(state);
    }
}

public enum JournalState
{
    /// <summary>Not admitted yet.</summary>
    Starting = 0,

    /// <summary>Commits succeed.</summary>
    Ready,

    /// <summary>The server answers, but takes no writes.</summary>
    ReadOnly,

    /// <summary>The server does not answer, or not in time.</summary>
    Unavailable,

    /// <summary>Another has declared this silo dead, or its lease has run out.</summary>
    Fenced,

    /// <summary>This silo has left.</summary>
    Stopped,
}
