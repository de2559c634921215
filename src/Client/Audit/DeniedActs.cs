using System.Diagnostics.Metrics;
using AwoooP.Audit;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Journal;

namespace AwoooP.Client.Audit;

/// <summary>
/// Puts acts that are refused on record, in the log, before the refusal is answered. Those who are not known count as one, whose bound is soon
/// reached; a metric counts them all. What cannot be written at the moment, and what is over the bound of its actor, is counted and told together later.
/// </summary>
internal sealed partial class DeniedActs
{
    /// <summary>How long a refusal waits until it is on record. Afterwards it is answered, and written all the same.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IClusterClient _cluster;
    private readonly IDurableClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger<DeniedActs> _logger;
    private readonly DenialBudget _budget;

    public DeniedActs(IClusterClient cluster, IDurableClock clock, TimeProvider time, IMeterFactory meters, ILogger<DeniedActs> logger)
    {
        _cluster = cluster;
        _clock = clock;
        _time = time;
        _logger = logger;
        _budget = new DenialBudget(time);
        meters.Create("AwoooP.Client").CreateObservableCounter(
            "awooop.audit.denials_lost", () => _budget.Lost, description: "Refused acts that were counted and are not in the audit trail, since too many actors were refused at once.");
    }

    /// <summary>The one place where answers are looked at: see <see cref="Denial.FindAsync"/> for which are refusals of an act.</summary>
    public static async Task RecordAsync(HttpContext context, ProblemDocument problem)
    {
        if (await Denial.FindAsync(context, problem) is { } denial)
            await context.RequestServices.GetRequiredService<DeniedActs>().RecordAsync(denial);
    }

    public async Task RecordAsync(Denial denial)
    {
        var source = new DenialSource(denial.Project, denial.Actor);
        if (!_budget.TryTake(source, _clock.Now))
            return;

        // Whoever hangs up must not stay out of the record by it.
        await TellAsync(source, denial.TraceId, grain => grain.DenyAsync(denial.Act, CancellationToken.None), new DenialCount(1, _clock.Now, _clock.Now))
            .WaitAsync(Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Tells what was counted.</summary>
    public async Task FlushAsync()
    {
        foreach (var (source, count) in _budget.Drain())
            await TellAsync(source, null, grain => grain.CountAsync(new CountDenials(count.Count, count.Since, count.Until), CancellationToken.None), count);
    }

    private async Task TellAsync(DenialSource source, string? traceId, Func<IAuditGrain, Task<CommandResult>> tell, DenialCount otherwise)
    {
        try
        {
            CallContext.Current = new CallContext
            {
                ProjectId = source.Project,
                Actor = source.Actor,
                TraceId = traceId,
                CommandId = Guid.CreateVersion7(_time.GetUtcNow()),
            };
            var result = await tell(_cluster.GetGrain<IAuditGrain>($"{source.Project}/{IAuditGrain.Key}"));
            if (result is { Refusal: { } refusal })
                LogRefused(refusal.Code);
        }
        catch (Exception fault) when (FaultMiddleware.IsForNow(fault))
        {
            _budget.Add(source, otherwise);
            LogLater(fault.GetType().Name);
        }
        catch (Exception fault)
        {
            // The answer stays a refusal, whatever becomes of its record.
            _budget.Add(source, otherwise);
            LogFailed(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A refused act was not taken into the audit trail: {Code}")]
    private partial void LogRefused(string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused act cannot be put on record at the moment ({Fault}); it is counted and told later")]
    private partial void LogLater(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A refused act could not be put on record; it is counted and told later")]
    private partial void LogFailed(Exception fault);
}
