using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Audit;

/// <summary>
/// Takes refusals and sessions into the log. Pure. There is no table, since nothing is ever in the way; the bounds keep one row small, whoever calls.
/// </summary>
internal static class AuditTrailDecider
{
    public static Decision<AuditTrailEvent> Deny(DenyAct command) => command switch
    {
        { Operation: not { Length: >= 1 and <= DenyAct.MaxName } } => Invalid("operation", $"An operation's name has 1 to {DenyAct.MaxName} characters."),
        { Code: not { Length: >= 1 and <= DenyAct.MaxName } } => Invalid("code", $"A code has 1 to {DenyAct.MaxName} characters."),
        { Status: < 400 or > 499 } => Invalid("status", "A refusal has a status from 400 to 499."),
        _ when FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } refusal => refusal,
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

    public static Decision<AuditTrailEvent> Begin(BeginSession command)
    {
        if (Check(command.Method, command.KeyId, command.Address) is { } invalid)
            return invalid;

        return new SessionBegan(command.Method, command.KeyId, command.Address, command.EndsAt);
    }

    public static Decision<AuditTrailEvent> End(EndSession command)
    {
        if (Check(command.Method, command.KeyId, command.Address) is { } invalid)
            return invalid;

        return new SessionEnded(command.Method, command.KeyId, command.Address);
    }

    private static Refusal? Check(string method, string? keyId, string? address) => (method, keyId, address) switch
    {
        ({ Length: < 1 or > DenyAct.MaxName }, _, _) => Invalid("method", $"A method has 1 to {DenyAct.MaxName} characters."),
        (_, { Length: > DenyAct.MaxName }, _) => Invalid("key_id", $"A key's id has at most {DenyAct.MaxName} characters."),
        (_, _, { Length: > DenyAct.MaxName }) => Invalid("address", $"An address has at most {DenyAct.MaxName} characters."),
        _ => null,
    };

    private static Refusal Invalid(string field, string message) => new(RefusalKind.Invalid, $"invalid_{field}", message, Field: field);
}
