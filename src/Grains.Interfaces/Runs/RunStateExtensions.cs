namespace AwoooP.Runs;

public static class RunStateExtensions
{
    /// <summary>Whether nothing follows it.</summary>
    public static bool IsTerminal(this RunState state) => state is RunState.Completed or RunState.Failed or RunState.Cancelled or RunState.TimedOut;
}
