using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Journal.Intake;
using Microsoft.Extensions.Logging;

namespace AwoooP.Alerts;

/// <summary>
/// Works alerts off the intake log: all news of one fingerprint in the batch goes to its grain in one command, and so in one commit.
/// Grains pass over what they took before, so a batch may come again, also cut differently.
/// </summary>
internal sealed class AlertIntake(IGrainFactory grains, IAlertClassifier classifier, ILogger<AlertIntake> logger) : IIntakeConsumer
{
    /// <summary>Grains that are called at a time: enough company for the journal's group commit.</summary>
    private const int MaxConcurrentGrains = 512;

    /// <summary>Bits of an order that number the alerts within a record; a record of 1 MiB holds fewer alerts than 2^20.</summary>
    private const int PlaceBits = 20;

    public string Kind => AlertBatch.IntakeKind;

    public async ValueTask ConsumeAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancellationToken)
    {
        var groups = Group(records);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentGrains, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(groups, options, (group, token) => SendAsync(group.Key.ProjectId, group.Value, token));
        AlertTelemetry.AlertsTaken(groups.Values.Sum(group => group.Items.Count));
    }

    private Dictionary<(string ProjectId, string Fingerprint), AlertGroup> Group(IReadOnlyList<IntakeRecord> records)
    {
        var groups = new Dictionary<(string, string), AlertGroup>();
        foreach (var record in records)
        {
            var batch = Decode(record);
            for (var place = 0; place < batch.Alerts.Count; place++)
            {
                var sent = batch.Alerts[place];
                var identity = AlertIdentity.From(sent.Labels);
                if (!groups.TryGetValue((record.ProjectId, identity.Fingerprint), out var group))
                    groups.Add((record.ProjectId, identity.Fingerprint), group = new AlertGroup(identity, record.Partition));
                var member = new AlertMember(
                    sent.MemberId, sent.Labels, sent.Annotations, sent.StartsAt, sent.EndsAt, record.ReceivedAt, sent.GeneratorUrl, batch.Source);
                group.Add(new ReceivedMember((record.Seq << PlaceBits) | (uint)place, member, sent.StartAssumed), classifier.Classify(record.ProjectId, sent.Labels), record.TraceId);
            }
        }

        return groups;
    }

    private AlertBatch Decode(IntakeRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Payload.Span, AlertBatchJson.Default.AlertBatch) ?? new AlertBatch("", []);
        }
        catch (JsonException)
        {
            // The front wrote it, so this is a bug of ours; holding up every later alert would not mend it.
            AlertLog.RecordUnreadable(logger, record.Partition, record.Seq);
            return new AlertBatch("", []);
        }
    }

    private async ValueTask SendAsync(string projectId, AlertGroup group, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform, TraceId = group.TraceId };
        var grain = grains.GetGrain<IAlertGrain>($"{projectId}/{group.Identity.Fingerprint}");
        foreach (var items in group.Items.Chunk(AlertLimits.MaxItems))
            await SendAsync(grain, group, items, cancellationToken);
    }

    private async Task SendAsync(IAlertGrain grain, AlertGroup group, ReceivedMember[] items, CancellationToken cancellationToken)
    {
        var command = new ReceiveAlerts(group.Identity, group.Classification, group.Partition, items);
        var result = await grain.ReceiveAsync(command, cancellationToken);
        if (result.Refusal is not { } refusal)
            return;

        if (items.Length > 1)
        {
            // The journal refused the content of the whole: let only the items fail that make it so.
            foreach (var half in items.Chunk((items.Length + 1) / 2))
                await SendAsync(grain, group, half, cancellationToken);
            return;
        }

        AlertTelemetry.AlertsRefused(1);
        AlertLog.ItemsRefused(logger, group.Identity.Fingerprint, items.Length, refusal.Code);
    }
}
