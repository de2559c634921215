using System.Text.Json;
using System.Text.RegularExpressions;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Signing;
using static AwoooP.Playbooks.PlaybookLimits;
using static AwoooP.Playbooks.PlaybookValidation;

namespace AwoooP.Playbooks;

internal static partial class StepValidation
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<FieldFault> Check(string path, RepairStep? step, bool isRollback) => step is null
        ? Fault(path, "is missing")
        :
        [
            .. Text($"{path}.name", step.Name, 1, MaxStepName),
            .. Range($"{path}.timeout_seconds", step.TimeoutSeconds, 1, MaxTimeoutSeconds),
            .. CheckKind(path, step),
            .. CheckRollback(path, step, isRollback),
        ];

    private static IReadOnlyList<FieldFault> CheckKind(string path, RepairStep step) => step switch
    {
        CommandStep command => CheckCommand(path, command),
        HttpStep http => CheckHttp(path, http),
        WaitStep wait => Range($"{path}.seconds", wait.Seconds, 1, MaxTimeoutSeconds),
        VerifyStep verify => CheckVerify(path, verify),
        ModelStep model => CheckModel(path, model),
        _ => Fault($"{path}.kind", "must be command, http, wait, verify or model"),
    };

    private static IReadOnlyList<FieldFault> CheckCommand(string path, CommandStep step) =>
    [
        .. ProgramName().IsMatch(step.Program ?? "") ? [] : Fault($"{path}.program", "must be the name of an allowed program, not a path"),
        .. CheckArguments($"{path}.arguments", step.Arguments),
        .. step.DryRunArguments is { } dryRun ? CheckArguments($"{path}.dry_run_arguments", dryRun) : [],
    ];

    private static IReadOnlyList<FieldFault> CheckArguments(string path, IReadOnlyList<string>? arguments) =>
        Each(path, arguments, 0, MaxArguments, static (at, argument) => Template(at, argument, 0, MaxArgument));

    private static IReadOnlyList<FieldFault> CheckHttp(string path, HttpStep step) =>
    [
        .. Methods.Contains(step.Method) ? [] : Fault($"{path}.method", $"must be one of {string.Join(", ", Methods)}"),
        .. CheckUrl($"{path}.url", step.Url),
        .. Template($"{path}.body", step.Body ?? "", 0, MaxBody),
        .. Text($"{path}.content_type", step.ContentType, 1, MaxStepName),
        .. Each($"{path}.expected_status", step.ExpectedStatus, 0, MaxSteps, static (at, status) => Range(at, status, 100, 599)),
    ];

    private static IReadOnlyList<FieldFault> CheckVerify(string path, VerifyStep step) =>
    [
        .. CheckSubject(path, step),
        .. Range($"{path}.expected_status", step.ExpectedStatus, 100, 599),
        .. Range($"{path}.interval_seconds", step.IntervalSeconds, 1, 60),
        .. Range($"{path}.consecutive", step.Consecutive, 1, 10),
    ];

    private static IReadOnlyList<FieldFault> CheckSubject(string path, VerifyStep step)
    {
        if (step.PromQl is null == step.Url is null)
            return Fault(path, "must have either prom_ql or url");
        return step.PromQl is { } query ? Template($"{path}.prom_ql", query, 1, MaxText) : CheckUrl($"{path}.url", step.Url);
    }

    private static IReadOnlyList<FieldFault> CheckModel(string path, ModelStep step) =>
    [
        .. ContractId.TryParse($"{Literal.Of(ContractKind.Agent)}/{step.Agent}", out _) ? [] : Fault($"{path}.agent", "must be the name of a contract of kind agent"),
        .. Template($"{path}.prompt", step.Prompt, 1, MaxPrompt),
        .. CheckFallback($"{path}.fallback", step.Fallback),
    ];

    /// <summary>Whether it fits the agent's schema is known with the contract that is in force then: the dry run looks.</summary>
    private static IReadOnlyList<FieldFault> CheckFallback(string path, JsonElement fallback)
    {
        if (fallback.ValueKind is JsonValueKind.Undefined)
            return Fault(path, "is missing");
        if (fallback.GetRawText() is { } text && (text.Length > MaxPrompt || text.Contains("\\u0000", StringComparison.Ordinal)))
            return Fault(path, $"must have at most {MaxPrompt} characters, none of them U+0000");

        try
        {
            CanonicalJson.Of(fallback);
            return [];
        }
        catch (CanonicalJsonException fault)
        {
            return Fault(path, $"is not JSON with one meaning ({fault.Code})");
        }
    }

    private static IReadOnlyList<FieldFault> CheckUrl(string path, string? url)
    {
        if (Template(path, url, 1, MaxUrl) is [_, ..] faults)
            return faults;
        if (!HttpUrl().IsMatch(url!))
            return Fault(path, "must begin with http:// or https:// and a host");
        return Authority().Match(url!).Value.Contains('@') ? Fault(path, "must not hold a user or password") : [];
    }

    private static IReadOnlyList<FieldFault> CheckRollback(string path, RepairStep step, bool isRollback)
    {
        if (step.Rollback is not { } rollback)
            return [];
        if (isRollback)
            return Fault($"{path}.rollback", "a rollback has no rollback of its own");
        return rollback is CommandStep or HttpStep
            ? Check($"{path}.rollback", rollback, isRollback: true)
            : Fault($"{path}.rollback.kind", "must be command or http");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex ProgramName();

    [GeneratedRegex("^https?://[^/?#\\s]+")]
    private static partial Regex HttpUrl();

    [GeneratedRegex("^https?://[^/?#]*")]
    private static partial Regex Authority();
}
