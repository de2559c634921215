using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Projects;

namespace AwoooP.Client.Api;

/// <summary>What the list of projects can be narrowed to: one that is being taken out is not in it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ListedProjectStatus>))]
internal enum ListedProjectStatus
{
    None = 0,
    Active = ProjectStatus.Active,
    Suspended = ProjectStatus.Suspended,
}
