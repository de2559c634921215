using AwoooP.Client.Problems;

namespace AwoooP.Client.Projects;

/// <summary>An open event stream as the quotas of its projects count it.</summary>
internal sealed class OpenStreams : IDisposable
{
    private readonly List<ProjectUse> _begun = [];

    /// <exception cref="ProblemException">A project has as many streams open as its quota allows.</exception>
    public static async Task<OpenStreams> BeginAsync(ProjectDirectory directory, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var streams = new OpenStreams();
        try
        {
            foreach (var project in projects)
            {
                var known = await directory.FindAsync(project, cancellationToken);
                if (known.View is { } view)
                    streams.Begin(known.Use.BeginStream(view.Configuration.Quotas), known.Use);
            }

            return streams;
        }
        catch (Exception)
        {
            streams.Dispose();
            throw;
        }
    }

    public void Dispose() => _begun.ForEach(static use => use.EndStream());

    private void Begin(ProblemDocument? refusal, ProjectUse use)
    {
        if (refusal is not null)
            throw new ProblemException(refusal);

        _begun.Add(use);
    }
}
