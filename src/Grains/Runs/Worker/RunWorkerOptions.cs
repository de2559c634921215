using System.ComponentModel.DataAnnotations;

namespace AwoooP.Runs;

/// <summary>The worker of a silo.</summary>
public sealed class RunWorkerOptions
{
    /// <summary>Default true. A silo without a worker leaves its runs to the others: they are offered where their grains live.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Runs at the same time in this silo, default 8. More of them take more sockets and child processes.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Runs of one project at the same time in this silo, default 4, so that one project's storm leaves room for the others.</summary>
    [Range(1, 1000)]
    public int ConcurrencyPerProject { get; set; } = 4;

    /// <summary>How long an effect that has begun may go on, and its outcome be recorded, after the silo was told to stop; default 20 s. What is then unfinished counts as interrupted.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);
}
