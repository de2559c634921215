using System.Collections.Frozen;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Intake.Sql;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Intake;

/// <summary>Works one stream off: batch after batch, in order, each until its consumer has taken it.</summary>
internal sealed partial class IntakePump(
    IEnumerable<IIntakeConsumer> consumers, RejectIntake reject, DrainRate drain, IntakeOptions options, TimeProvider time, ILogger<IntakePump> logger)
{
    /// <summary>A stream rests so many times as long as its batch took: the more alerts of a grain share a commit, the less each costs.</summary>
    public const int RestRatio = 8;

    private readonly FrozenDictionary<string, IIntakeConsumer> _consumers = consumers.ToFrozenDictionary(consumer => consumer.Kind);
    private long _consumed;
    private long _retries;
    private long _rejected;

    public IReadOnlyCollection<string> Kinds => _consumers.Keys;

    public long Consumed => Interlocked.Read(ref _consumed);

    public long Retries => Interlocked.Read(ref _retries);

    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Ends when the partition is lost or the process stops.</summary>
    public async Task RunAsync(IntakePartition partition, IntakeStream stream, CancellationToken cancellationToken)
    {
        var consumer = _consumers[stream.Kind];
        while (!partition.IsStopped)
        {
            List<IntakeRecord> records;
            try
            {
                records = await stream.TakeAsync(cancellationToken);
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                if (partition.IsStopped)
                    return;
                await BackOffAsync(stream, fault, cancellationToken);
                continue;
            }

            var begun = time.GetTimestamp();
            await ConsumeAsync(consumer, partition, stream, records, cancellationToken);
            await stream.GatherAsync(RestAfter(time.GetElapsedTime(begun)), time, cancellationToken);
        }
    }

    private async Task ConsumeAsync(
        IIntakeConsumer consumer, IntakePartition partition, IntakeStream stream, List<IntakeRecord> records, CancellationToken cancellationToken)
    {
        while (!partition.IsStopped)
        {
            try
            {
                await ConsumeAsync(consumer, records, cancellationToken);
                stream.Failures = 0;
                stream.Complete(records);
                var items = records.Sum(record => (long)record.Items);
                Interlocked.Add(ref _consumed, items);
                drain.Add(items);
                return;
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                await BackOffAsync(stream, fault, cancellationToken);
            }
        }
    }

    private async Task ConsumeAsync(IIntakeConsumer consumer, List<IntakeRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await consumer.ConsumeAsync(records, cancellationToken);
        }
        catch (DeterministicFaultException fault)
        {
            if (records.Count == 1)
            {
                await reject.ExecuteAsync(records[0], fault.Message, cancellationToken);
                Interlocked.Increment(ref _rejected);
                LogRejected(records[0].Kind, records[0].Partition, records[0].Seq);
                return;
            }

            foreach (var record in records)
                await ConsumeAsync(consumer, [record], cancellationToken);
        }
    }

    /// <summary>Senders wait for their answers, so they come first while the backlog is small.</summary>
    private TimeSpan RestAfter(TimeSpan batch) => TimeSpan.FromTicks(Math.Clamp(RestRatio * batch.Ticks, options.MinRest.Ticks, options.MaxRest.Ticks));

    private Task BackOffAsync(IntakeStream stream, Exception fault, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _retries);
        stream.Failures++;
        LogFailed(stream.Kind, stream.Partition, stream.Failures, Fault.Describe(fault));
        return Task.Delay(BackOff.After(stream.Failures, options.FirstBackOff, options.MaxBackOff), time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Intake of {Kind} in partition {Partition} failed {Failures} times in a row ({Fault}) and backs off")]
    private partial void LogFailed(string kind, short partition, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Intake of {Kind} in partition {Partition} set record {Seq} aside: its consumer can never take it")]
    private partial void LogRejected(string kind, short partition, long seq);
}
