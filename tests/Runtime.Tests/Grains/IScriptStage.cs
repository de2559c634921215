namespace AwoooP.Runtime.Tests;

/// <summary>What a script can do with its grain.</summary>
public interface IScriptStage : IGrainBase
{
    IGrainFactory Grains { get; }

    int Generation { get; }

    /// <summary>Memory of the activation, without any protection: turns must give it that.</summary>
    int Counter { get; set; }

    void Note(string entry);

    void Leave();

    void Stay(TimeSpan span);
}
