using AwoooP.Aggregates;

namespace AwoooP.Operators;

/// <summary>A key is issued once and revoked for good; in between its secret may change. Its expiry is no transition: whoever checks a key compares it with the clock.</summary>
public static class OperatorKeyTransitions
{
    public static TransitionTable<OperatorKeyStatus, OperatorKeyTrigger, NoFacts> Table { get; } = new("operator_key",
    [
        new(OperatorKeyStatus.None, OperatorKeyTrigger.Issue, OperatorKeyStatus.Issued),
        new(OperatorKeyStatus.Issued, OperatorKeyTrigger.Rotate, OperatorKeyStatus.Issued),
        new(OperatorKeyStatus.Issued, OperatorKeyTrigger.NoteUse, OperatorKeyStatus.Issued),
        new(OperatorKeyStatus.Issued, OperatorKeyTrigger.Revoke, OperatorKeyStatus.Revoked),
    ],
    [OperatorKeyTrigger.Rotate, OperatorKeyTrigger.Revoke]);
}
