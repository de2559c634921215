using System.Diagnostics.Metrics;
using AwoooP.Commands;
using Microsoft.Extensions.Logging;

namespace AwoooP.Audit;

/// <summary>
/// Puts refused acts into the log. Those who are not known count as one, whose bound is soon reached; a metric counts them all. What cannot be written at
/// the moment, and what is over the bound of its holder, is counted and told together later.
/// </summary>
public sealed partial class DeniedActs : IDeniedActs
{
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<DeniedActs> _logger;
    private readonly DenialBudget _budget;

    public DeniedActs(IGrainFactory grains, TimeProvider time, IMeterFactory meters, ILogger<DeniedActs> logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _grains = grains;
        _time = time;
        _logger = logger;
        _budget = new DenialBudget(time);
        meters.Create("AwoooP.Audit").CreateObservableCounter(
            "awooop.audit.denials_lost", () => _budget.Lost, description: "Refused acts that were counted and are not in the audit trail, since too many actors were refused at once.");
    }

    public async Task RecordAsync(Denial denial, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(denial);
        var source = new DenialSource(denial.Project, denial.Actor, denial.Holder);
        if (!_budget.TryTake(source, now, denial.Once))
            return;

        // Whoever hangs up must not stay out of the record by it.
        await TellAsync(source, denial.TraceId, grain => grain.DenyAsync(denial.Act, CancellationToken.None), new DenialCount(1, now, now))
            .WaitAsync(IDeniedActs.Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            var result = await tell(_grains.GetGrain<IAuditGrain>($"{source.Project}/{IAuditGrain.Key}"));
            if (result is { Refusal: { } refusal })
                LogRefused(refusal.Code);
        }
        catch (Exception fault)
        {
            // The answer stays a refusal, whatever becomes of its record.
            _budget.Add(source, otherwise);
            LogLater(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A refused act was not taken into the audit trail: {Code}")]
    private partial void LogRefused(string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused act cannot be put on record at the moment; it is counted and told later")]
    private partial void LogLater(Exception fault);
}
