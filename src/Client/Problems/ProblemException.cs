namespace AwoooP.Client.Problems;

/// <summary>A request that is refused before its handler runs, from where no result can be returned (binding, reading the body).</summary>
internal sealed class ProblemException(ProblemDocument problem) : Exception(problem.Code)
{
    public ProblemDocument Problem { get; } = problem;
}
