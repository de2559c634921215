namespace AwoooP.Playbooks;

/// <summary>Bounds of a definition and of what is made from it; together they keep states and events within the journal's.</summary>
internal static class PlaybookLimits
{
    public const int MaxName = 256;
    public const int MaxText = 4000;
    public const int MaxSteps = 50;
    public const int MaxStepName = 200;
    public const int MaxTimeoutSeconds = 3600;
    public const int MaxAlertNames = 20;
    public const int MaxAlertName = 256;
    public const int MaxLabels = 10;
    public const int MaxTags = 20;
    public const int MaxTag = 64;
    public const int MaxActionPattern = 255;
    public const int MaxArguments = 64;
    public const int MaxArgument = 1024;
    public const int MaxUrl = 2048;
    public const int MaxBody = 16 * 1024;

    /// <summary>Characters of what a model is asked, and of the answer by rules.</summary>
    public const int MaxPrompt = 8192;

    /// <summary>The most faults of a definition that are told at once.</summary>
    public const int MaxFaults = 50;

    /// <summary>Bytes of a definition as JSON.</summary>
    public const int MaxDefinitionBytes = 64 * 1024;

    /// <summary>Characters of one label value in a plan.</summary>
    public const int MaxFilledValue = 1024;

    /// <summary>Bytes of a plan's steps as JSON.</summary>
    public const int MaxPlanBytes = 96 * 1024;

    /// <summary>Bytes of the catalogue's matches; a playbook that does not fit is not matched until it is activated again and others are archived.</summary>
    public const int MaxCatalogBytes = 192 * 1024;
}
