using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>What a project is taken out for stands in the audit trail for ever: it must be said.</summary>
internal static class RemovalReason
{
    public static Refusal? Check(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > FreeText.MaxLength
        ? new Refusal(RefusalKind.Invalid, "invalid_reason", $"A removal needs a reason of 1 to {FreeText.MaxLength} characters.", Field: "reason")
        : null;
}
