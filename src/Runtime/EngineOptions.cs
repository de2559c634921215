using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Runtime;

/// <summary>How the embedded engine runs. Validated when the host starts.</summary>
public sealed class EngineOptions
{
    /// <summary>
    /// How long a caller waits for an answer. Default 30 s, at least 100 ms. Past it the caller gets a
    /// <see cref="CallTimeoutException"/> and the called method's token is cancelled; a call that still waited is not run.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long <see cref="Grain.OnActivateAsync"/> may take. Default 30 s. Past it its token is cancelled, the callers
    /// that wait get a <see cref="TimeoutException"/>, and the activation is dropped.
    /// </summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long <see cref="Grain.OnDeactivateAsync"/> may take. Default 10 s. Past it its token is cancelled and the
    /// activation is dropped all the same.
    /// </summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an activation without calls stays in memory. Default 15 min. Shorter saves memory and costs reads of state.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default 1 min; an activation may outstay its time by so long.</summary>
    public TimeSpan CollectionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The most activations in memory. Default 100,000 (about 1 KB each, plus their state). Above it the least recently
    /// used idle ones go, down to 95 % of it. Busy ones never go, so it may be passed while more are busy than that.
    /// </summary>
    public int MaxActivations { get; set; } = 100_000;

    /// <summary>
    /// The most calls that wait for one activation. Default 10,000. Further ones are refused with
    /// <see cref="OverloadedException"/>.
    /// </summary>
    public int MailboxLimit { get; set; } = 10_000;

    /// <summary>
    /// How long stopping waits for running turns, deactivations and the answers of calls that were passed on. Default 20 s. Past it the rest is left behind.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a call may wait for a silo to own its grain's partition. Default 8 s, twice the default lease: long enough for the
    /// take-over after a silo was killed. Past it the caller gets a <see cref="GrainUnplacedException"/>.
    /// </summary>
    public TimeSpan ParkLimit { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The most calls that wait so in one silo. Default 10,000. Further ones are refused with <see cref="OverloadedException"/>.</summary>
    public int MaxParkedCalls { get; set; } = 10_000;

    /// <summary>
    /// The most of these that wait for one silo that cannot be reached. Default 5,000, so that one that is away leaves room for those that wait
    /// for others. Further ones are refused with <see cref="OverloadedException"/>. So many more, beside these, wait while a link to it is made.
    /// </summary>
    public int MaxParkedCallsPerSilo { get; set; } = 5_000;

    /// <summary>
    /// The most calls of this silo that wait for the answer of one other silo. Default 50,000. Further ones are refused with
    /// <see cref="OverloadedException"/>. <see cref="OneWayAttribute"/> calls do not count, here and in <see cref="MaxCallsFromSilo"/>.
    /// </summary>
    public int MaxCallsToSilo { get; set; } = 50_000;

    /// <summary>
    /// The most calls of one other silo that are under way in this one. Default 50,000. Further ones are refused with
    /// <see cref="OverloadedException"/>, at their caller.
    /// </summary>
    public int MaxCallsFromSilo { get; set; } = 50_000;

    /// <summary>How arguments, answers and context values are written for other silos. By default no type is known: a silo that is alone needs none.</summary>
    public JsonSerializerOptions Messages { get; set; } = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

    /// <summary>The types of the <see cref="RequestContext"/> values that travel between silos, by key. Others stay behind.</summary>
    public IDictionary<string, Type> ContextTypes { get; } = new Dictionary<string, Type>(StringComparer.Ordinal);

    /// <summary>The exceptions that grains promise their callers. Any other comes as a <see cref="RemoteGrainException"/>.</summary>
    public IReadOnlyList<GrainFault> PromisedFaults { get; set; } = [];

    /// <summary>
    /// Whether a call whose answer was lost may be sent again, by what travels with it; reads may always. Default: it may not.
    /// </summary>
    public Func<Func<string, object?>, bool> IsRepeatable { get; set; } = static _ => false;
}
