namespace AwoooP.Commands;

/// <summary>One invalid value.</summary>
/// <param name="Field">Its JSON path.</param>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">One sentence for a person. It stands beside the path, and so does not repeat it.</param>
/// <param name="Bound">What would have been valid, where it can be said: <c>1..100</c>, or the known values.</param>
public sealed record FieldFault(string Field, string Code, string Message, string? Bound = null)
{
    /// <summary>The code of a refusal for several values: theirs if they share one, and the general one for a mixture.</summary>
    /// <param name="codes">At least one.</param>
    public static string CommonCode(IEnumerable<string> codes) => codes.Distinct().ToArray() is [var only] ? only : "invalid_request";

    /// <summary>What is said of several, each of which has a message of its own. They are not counted: a list of faults may have been cut.</summary>
    public const string Several = "Several fields are not valid.";
}
