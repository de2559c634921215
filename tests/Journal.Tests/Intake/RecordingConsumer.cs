using System.Collections.Concurrent;
using System.Text;
using AwoooP.Journal.Intake;

namespace AwoooP.Journal.Tests.Intake;

internal sealed class RecordingConsumer : IIntakeConsumer
{
    public const string KindName = "notes.v1";

    private readonly ConcurrentQueue<(short Partition, long Seq, string Body, DateTimeOffset ReceivedAt)> _taken = new();

    public string Kind => KindName;

    public IReadOnlyList<(short Partition, long Seq, string Body, DateTimeOffset ReceivedAt)> Taken => [.. _taken];

    public IReadOnlyList<string> Bodies => [.. _taken.Select(record => record.Body)];

    /// <summary>Runs before a batch is noted.</summary>
    public Func<IReadOnlyList<IntakeRecord>, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public async ValueTask ConsumeAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancellationToken)
    {
        await Before(records);
        foreach (var record in records)
            _taken.Enqueue((record.Partition, record.Seq, Encoding.UTF8.GetString(record.Payload.Span), record.ReceivedAt));
    }
}
