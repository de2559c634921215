namespace AwoooP.Integrations.Verification;

/// <summary>One look at a condition.</summary>
/// <param name="WasAsked">It could be asked for: there was an answer, whatever it said, or what is to be repaired gave none.</param>
/// <param name="IsFinal">Another look cannot give another answer.</param>
/// <param name="ErrorCode">Why it does not hold; null when it does.</param>
internal sealed record Observation(bool Holds, bool WasAsked, bool IsFinal, string? ErrorCode, string Text)
{
    public static Observation Held(string text) => new(true, true, false, null, text);

    public static Observation NotHeld(string text) => new(false, true, false, "condition_not_met", text);

    public static Observation NoAnswer(string cause) => new(false, false, false, cause, "");

    /// <summary>The address that is to be repaired is silent: no fault of the check, and a reason to repair it.</summary>
    public static Observation Silent(string cause) => new(false, true, false, cause, "");

    public static Observation Refused(string errorCode, string text = "") => new(false, false, true, errorCode, text);
}
