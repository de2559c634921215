namespace AwoooP.Runtime.Tests;

public interface IPoolGrain : IGrainWithStringKey
{
    Task WorkAsync(Func<Task> work, CancellationToken cancellationToken);

    /// <summary>Leaves a note where it runs.</summary>
    Task NoteAsync(string entry, CancellationToken cancellationToken);
}
