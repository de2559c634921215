namespace AwoooP.Integrations;

/// <summary>The <c>kind</c> of the steps that this project carries out, as plans write it.</summary>
internal static class StepKindNames
{
    public const string Command = "command";
    public const string Http = "http";
    public const string Verify = "verify";
}
