namespace AwoooP.Runtime.Tests;

/// <summary>Scripts that many tests use.</summary>
internal static class Scripts
{
    public static readonly Script Nothing = static (_, _) => Task.CompletedTask;

    public static Script Note(string entry) => (stage, _) =>
    {
        stage.Note(entry);
        return Task.CompletedTask;
    };

    public static Script Wait(Gate gate) => (_, _) => gate.WaitAsync();

    /// <summary>Notes its beginning and its end, with a gate between them.</summary>
    public static Script Between(string name, Gate? gate = null) => async (stage, _) =>
    {
        stage.Note($"{name} begins");
        if (gate is not null)
            await gate.WaitAsync();
        stage.Note($"{name} ends");
    };

    /// <summary>Calls another grain and waits for it.</summary>
    public static Script Call(string key, Script script) => (stage, cancellationToken) =>
        stage.Grains.GetGrain<IScriptGrain>(key).RunAsync(script, cancellationToken);

    /// <summary>Notes its beginning, and does not end until its token is cancelled.</summary>
    public static Script UntilCancelled(Gate begun) => async (stage, cancellationToken) =>
    {
        begun.Open();
        await begun.WaitAsync();
        var cancelled = new TaskCompletionSource();
        using (cancellationToken.Register(cancelled.SetResult))
            await cancelled.Task;
        stage.Note("cancelled");
    };
}
