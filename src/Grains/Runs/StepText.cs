using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AwoooP.Playbooks;
using AwoooP.Redaction;

namespace AwoooP.Runs;

/// <summary>What of a step enters the log: redacted first, then bounded, so that a cut cannot hide half of a secret from the redaction.</summary>
internal static class StepText
{
    private const string CutByExecutor = " more characters]";
    private const int LongestMark = 48;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text, int maxScalars)
    {
        if (text is null)
            return null;

        var clean = WithoutNul(Redactor.Redact(text));
        return MarkStart(clean) <= maxScalars ? clean : BoundedText.Cut(clean, maxScalars);
    }

    public static string Input(RepairStep step) => Clean(JsonSerializer.Serialize(step, RunJson.Default.RepairStep), RunLimits.MaxStepText);

    public static RunStepFinished Finished(StepRecord step, StepStatus status, string? output, string? errorCode, long durationMs) => new(
        step.StepNo,
        step.Attempt,
        step.Phase,
        step.Kind,
        step.Name,
        status,
        Clean(output, RunLimits.MaxStepText),
        status == StepStatus.Succeeded ? null : Clean(errorCode, RunLimits.MaxCheckText) ?? Default(step, status),
        Math.Max(0, durationMs));

    /// <summary>Why the run fails when this forward step did.</summary>
    public static RunFault FaultOf(RunStepFinished step)
    {
        var code = step switch
        {
            { Kind: StepKinds.Verify } => RunErrors.VerificationFailed,
            { Kind: StepKinds.Model, ErrorCode: RunErrors.BudgetReached } => RunErrors.BudgetReached,
            { Status: StepStatus.TimedOut } => RunErrors.StepTimedOut,
            _ => RunErrors.StepFailed,
        };
        var inTheWay = new StepInTheWay(step.StepNo, step.Name, step.ErrorCode);
        return new RunFault(code, RunCauseText.Of(new RunCause(code, inTheWay)).InEnglish(), inTheWay);
    }

    private static string Default(StepRecord step, StepStatus status) => status switch
    {
        StepStatus.TimedOut => RunErrors.StepTimedOut,
        StepStatus.Interrupted => RunErrors.StepInterrupted,
        _ => step.Kind == StepKinds.Verify ? RunErrors.VerificationFailed : RunErrors.StepFailed,
    };

    /// <summary>An executor that left something unread has cut the text itself and says how much is missing: cutting its mark would lose the number.</summary>
    private static int MarkStart(string text)
    {
        if (!text.EndsWith(CutByExecutor, StringComparison.Ordinal))
            return text.Length;

        var mark = text.LastIndexOf("\n[", StringComparison.Ordinal);
        return mark >= 0 && text.Length - mark <= LongestMark ? mark : text.Length;
    }

    /// <summary>A program may print U+0000, which PostgreSQL keeps in no text.</summary>
    private static string WithoutNul(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;
}
