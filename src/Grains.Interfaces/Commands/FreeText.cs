namespace AwoooP.Commands;

/// <summary>What people write beside their actions: comments and reasons. One bound and one refusal, for the front and for every grain.</summary>
public static class FreeText
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>Of a text that must be there and say something.</summary>
    /// <param name="field">Its JSON path.</param>
    /// <param name="text">As it was written.</param>
    /// <returns>Null when it is.</returns>
    public static Refusal? RefuseUnlessSaid(string field, string? text) => string.IsNullOrWhiteSpace(text) ? OutOfRange(field) : RefuseTooLong(field, text);

    /// <summary>Of a text that may be left out.</summary>
    /// <param name="field">Its JSON path.</param>
    /// <param name="text">As it was written.</param>
    /// <returns>Null when it is within the bound.</returns>
    public static Refusal? RefuseTooLong(string field, string? text) => text is { Length: > MaxLength } ? OutOfRange(field) : null;

    private static Refusal OutOfRange(string field) =>
        Refusal.Invalid([new FieldFault(field, "out_of_range", $"1 to {MaxLength} characters.", $"1..{MaxLength}")]);
}
