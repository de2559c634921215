using System.ComponentModel.DataAnnotations;

namespace AwoooP.Journal.Membership;

/// <summary>How a process that is no silo follows the cluster.</summary>
public sealed class ClusterMapOptions
{
    /// <summary>Connection string of a role that may read the membership: awooop_reader does. It holds a password.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>How often it looks of its own accord; <see cref="IClusterMap.Refresh"/> looks at once. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}
