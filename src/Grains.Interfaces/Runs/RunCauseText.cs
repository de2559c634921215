using System.Globalization;
using AwoooP.Wording;

namespace AwoooP.Runs;

/// <summary>Why a run ended so, as a phrase: the error, then the step or the reason behind it.</summary>
public static class RunCauseText
{
    public static Phrase Of(RunCause cause) => cause switch
    {
        { Step: { Reason: { } reason } step } => Phrase.Of(
            "reason_at_step",
            ("error", cause.ErrorCode),
            ("no", step.StepNo.ToString(CultureInfo.InvariantCulture)),
            ("name", step.Name),
            ("reason", reason)),
        { Reason: { } reason } => Phrase.Of("error_and_reason", ("error", cause.ErrorCode), ("reason", reason)),
        _ => Phrase.Of("reason", ("reason", cause.ErrorCode)),
    };
}
