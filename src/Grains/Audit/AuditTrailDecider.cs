using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Audit;

/// <summary>
/// Takes refusals into the log. Pure. There is no table, since nothing is ever in the way; the bounds keep one row small, whoever calls.
/// </summary>
internal static class AuditTrailDecider
{
    public static Decision<AuditTrailEvent> Deny(DenyAct command) => command switch
    {
        { Operation: not { Length: >= 1 and <= DenyAct.MaxName } } => Invalid("operation", $"An operation's name has 1 to {DenyAct.MaxName} characters."),
        { Code: not { Length: >= 1 and <= DenyAct.MaxName } } => Invalid("code", $"A code has 1 to {DenyAct.MaxName} characters."),
        { Status: < 400 or > 499 } => Invalid("status", "A refusal has a status from 400 to 499."),
        { Reason: not { Length: >= 1 and <= FreeText.MaxLength } } => Invalid("reason", $"A reason has 1 to {FreeText.MaxLength} characters."),
        { Target.Length: > DenyAct.MaxTarget } => Invalid("target", $"A target has at most {DenyAct.MaxTarget} characters."),
        { Method.Length: > DenyAct.MaxName } or { Address.Length: > DenyAct.MaxName } or { RequestedProject.Length: > DenyAct.MaxName } =>
            Invalid("address", $"Method, address and project have at most {DenyAct.MaxName} characters."),
        _ => new ActDenied(
            command.Operation, command.Status, command.Code, command.Reason, command.Target, command.Method, command.Address, command.RequestedProject),
    };

    public static Decision<AuditTrailEvent> Count(CountDenials command) => command.Count >= 1 && command.Since <= command.Until
        ? new DenialsCounted(
            "several", command.Count, string.Create(CultureInfo.InvariantCulture, $"{command.Count} more refusals within a minute, told together"), command.Since, command.Until)
        : Invalid("count", "At least one refusal is counted, and the first is not after the last.");

    private static Refusal Invalid(string field, string message) => new(RefusalKind.Invalid, $"invalid_{field}", message, Field: field);
}
