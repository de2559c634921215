namespace AwoooP.Projects;

/// <summary>One feature flag: its name in configurations and tables, and where it stands.</summary>
public sealed class FeatureFlag
{
    private FeatureFlag(string name, Func<ProjectFeatureFlags, bool> of)
    {
        Name = name;
        Of = of;
    }

    /// <summary>Every flag that there is: each changes what the platform does.</summary>
    public static IReadOnlyList<FeatureFlag> All { get; } =
    [
        new("suggest_mode", static flags => flags.SuggestMode),
        new("mute_notifications", static flags => flags.MuteNotifications),
    ];

    public string Name { get; }

    public Func<ProjectFeatureFlags, bool> Of { get; }
}
