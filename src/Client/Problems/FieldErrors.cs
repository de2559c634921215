using AwoooP.Commands;

namespace AwoooP.Client.Problems;

internal static class FieldErrors
{
    public static IReadOnlyList<FieldError> Of(IReadOnlyList<FieldFault> faults) =>
        [.. faults.Select(static fault => new FieldError(fault.Field, fault.Code, fault.Message, fault.Bound))];
}
