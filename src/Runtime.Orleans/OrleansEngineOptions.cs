using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime;

/// <summary>How the Orleans engine runs. What is not here stays as Orleans has it.</summary>
public sealed class OrleansEngineOptions
{
    /// <summary>The stable name of this silo.</summary>
    public required string SiloId { get; init; }

    /// <summary>What other silos are told; its generation is this process's.</summary>
    public required SiloAddress Address { get; init; }

    /// <summary>Where calls of other silos are taken, when that is not <see cref="Address"/> itself.</summary>
    public IPEndPoint? Listens { get; set; }

    /// <summary>Where the grain classes are whose grains belong to the silo that owns their partition. Orleans places all others.</summary>
    public IReadOnlyCollection<Assembly> Grains { get; set; } = [];

    /// <summary>Knows the arguments and answers of the grains, and the request context's values; nothing by reflection.</summary>
    public JsonSerializerOptions Messages { get; set; } = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

    /// <summary>How long a caller waits for an answer. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation without calls stays in memory. Default 15 min.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The most calls that wait for one activation. Default 10,000. Further ones are refused.</summary>
    public int MailboxLimit { get; set; } = 10_000;

    /// <summary>
    /// How long a call may wait for a silo to own its grain's partition. Default 8 s, twice the default lease. Past it the caller gets a
    /// <see cref="GrainUnplacedException"/>.
    /// </summary>
    public TimeSpan ParkLimit { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Whether a call whose answer was lost may be sent again, by what travels with it; reads may always. Default: it may not.</summary>
    public Func<Func<string, object?>, bool> IsRepeatable { get; set; } = static _ => false;

    /// <summary>Whether a fault of a grain says that nothing was changed, which of a call that was repeated only its last attempt could know. Default: none does.</summary>
    public Func<Exception, bool> SaysNotDone { get; set; } = static _ => false;
}
