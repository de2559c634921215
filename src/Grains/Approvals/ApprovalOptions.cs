using System.ComponentModel.DataAnnotations;
using AwoooP.Playbooks;

namespace AwoooP.Approvals;

/// <summary>
/// How long a request waits for signatures. It escalates after two thirds of that, and what has not been decided at the end is never
/// carried out. A change holds for requests that are made after the start it is read at; those that wait keep their time.
/// </summary>
public sealed class ApprovalOptions
{
    private const string Shortest = "00:00:01";
    private const string Longest = "7.00:00:00";

    /// <summary>Where one vote is enough: 15 minutes; 1 second to 7 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Where the level or the risk is critical, so that two people must be found: 60 minutes; 1 second to 7 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan CriticalLifetime { get; set; } = TimeSpan.FromMinutes(60);

    internal TimeSpan LifetimeOf(RepairPlan plan) => VotingRules.IsCritical(plan) ? CriticalLifetime : Lifetime;
}
