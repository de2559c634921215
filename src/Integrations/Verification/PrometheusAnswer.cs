namespace AwoooP.Integrations.Verification;

/// <summary>What came of one query.</summary>
internal abstract record PrometheusAnswer
{
    private PrometheusAnswer()
    {
    }

    /// <param name="Holds">A vector or matrix that is not empty, or a scalar that is neither 0 nor NaN.</param>
    /// <param name="Summary">For a person: how many series, and the first values.</param>
    public sealed record Result(bool Holds, string Summary, IReadOnlyList<string> Warnings) : PrometheusAnswer;

    /// <summary>The expression is wrong, or cannot be evaluated: asking again does not help.</summary>
    public sealed record Invalid(string ErrorType, string Error) : PrometheusAnswer;

    /// <param name="Cause">A stable word.</param>
    public sealed record Unavailable(string Cause) : PrometheusAnswer;
}
