namespace AwoooP.Runtime.Tests;

/// <summary>What a test wants to happen inside a turn.</summary>
public delegate Task Script(IScriptStage stage, CancellationToken cancellationToken);

/// <summary>A grain that runs what it is given, one method a kind of turn.</summary>
public interface IScriptGrain : IGrainWithStringKey
{
    Task RunAsync(Script script, CancellationToken cancellationToken);

    [ReadOnly]
    Task ReadAsync(Script script, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task InterleaveAsync(Script script, CancellationToken cancellationToken);

    [OneWay]
    Task TellAsync(Script script, CancellationToken cancellationToken);

    Task<int> AddAsync(int left, int right);

    ValueTask<string> EchoAsync(string text);

    ValueTask TouchAsync();

    /// <summary>Which activation answers; the first of a silo is 1.</summary>
    Task<int> GenerationAsync(CancellationToken cancellationToken);
}
