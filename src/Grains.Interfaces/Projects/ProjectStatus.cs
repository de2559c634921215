using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Projects;

[JsonConverter(typeof(SnakeCaseEnumConverter<ProjectStatus>))]
public enum ProjectStatus
{
    None = 0,
    Active,

    /// <summary>It can be read; it takes no alerts and no commands, and its automation rests.</summary>
    Suspended,

    /// <summary>It is being taken out: fronts say that there is no such project.</summary>
    Removing,
}
