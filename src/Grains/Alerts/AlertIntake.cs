using System.Collections.Concurrent;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Journal.Delivery;
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
        var refusals = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(groups, options, async (group, token) =>
        {
            if (await SendAsync(group.Key.ProjectId, group.Value, token) is { } code)
                refusals.Enqueue(code);
        });

        // The alerts were acknowledged, so the record that holds the refused one is set aside whole. All other fingerprints are taken by now.
        if (refusals.TryPeek(out var refusal))
            throw new DeterministicFaultException($"Alerts of {refusals.Count} fingerprints were refused: {refusal}.");
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
            return JsonSerializer.Deserialize(record.Payload.Span, AlertBatchJson.Default.AlertBatch) ?? throw new JsonException("The record is null.");
        }
        catch (JsonException fault)
        {
            // The front wrote it, so this is a bug of ours; holding up every later alert would not mend it.
            throw new DeterministicFaultException($"Record {record.Partition}/{record.Seq} cannot be read.", fault);
        }
    }

    private async Task<string?> SendAsync(string projectId, AlertGroup group, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform, TraceId = group.TraceId };
        var grain = grains.GetGrain<IAlertGrain>($"{projectId}/{group.Identity.Fingerprint}");
        foreach (var items in group.Items.Chunk(AlertLimits.MaxItems))
        {
            if (await SendAsync(grain, group, items, cancellationToken) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <returns>The code of the refusal that ended it; null when all was taken.</returns>
    private async Task<string?> SendAsync(IAlertGrain grain, AlertGroup group, ReceivedMember[] items, CancellationToken cancellationToken)
    {
        var command = new ReceiveAlerts(group.Identity, group.Classification, group.Partition, items);
        var result = await grain.ReceiveAsync(command, cancellationToken);
        if (result.Refusal is not { } refusal)
            return null;

        if (items.Length == 1)
        {
            AlertTelemetry.AlertsRefused(1);
            AlertLog.ItemRefused(logger, group.Identity.Fingerprint, refusal.Code);
            return refusal.Code;
        }

        // The journal refused the content of the whole: what comes before the item that makes it so is taken, and nothing after it,
        // since the grain would then pass over that item as taken when it comes again.
        foreach (var half in items.Chunk((items.Length + 1) / 2))
        {
            if (await SendAsync(grain, group, half, cancellationToken) is { } code)
                return code;
        }

        return null;
    }
}
