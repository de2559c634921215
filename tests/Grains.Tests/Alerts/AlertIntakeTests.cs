using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Grains.Tests.Alerts;

/// <summary>What was acknowledged and can never be taken is given back to intake, which keeps it.</summary>
public sealed class AlertIntakeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private readonly List<long> _taken = [];
    private readonly IAlertClassifier _classifier = Substitute.For<IAlertClassifier>();

    public AlertIntakeTests()
    {
        _classifier.Classify("", new Dictionary<string, string>()).ReturnsForAnyArgs(new AlertClassification(Severity.P2, "web", NotificationTypes.NeedsApproval));
        var grain = Substitute.For<IAlertGrain>();
        grain.ReceiveAsync(null!, default).ReturnsForAnyArgs(call => Task.FromResult(Answer(call.Arg<ReceiveAlerts>())));
        _grains.GetGrain<IAlertGrain>("").ReturnsForAnyArgs(grain);
    }

    [Fact]
    public async Task Consume_WhenOneAlertIsRefused_TakesTheOtherFingerprintsAndThrows()
    {
        var batch = Record(1, Sent("bad", "huge"), Sent("good", "one"), Sent("other", "two"));

        await Should.ThrowAsync<DeterministicFaultException>(ConsumeAsync(batch));

        _taken.Count.ShouldBe(2);
    }

    /// <summary>A later alert would move the grain's mark past the refused one, which would then pass for taken when its record comes alone.</summary>
    [Fact]
    public async Task Consume_WhenAnAlertIsRefusedAmongOthersOfItsFingerprint_TakesThoseBeforeItAndNoneAfterIt()
    {
        var records = new[] { Record(1, Sent("x", "one")), Record(2, Sent("x", "huge")), Record(3, Sent("x", "two")) };

        await Should.ThrowAsync<DeterministicFaultException>(ConsumeAsync(records));
        _taken.ShouldBe([1L << 20]);

        await ConsumeAsync(records[0]);
        await Should.ThrowAsync<DeterministicFaultException>(ConsumeAsync(records[1]));
        await ConsumeAsync(records[2]);
        _taken.ShouldContain(3L << 20);
    }

    [Fact]
    public async Task Consume_WhenARecordCannotBeRead_Throws() =>
        await Should.ThrowAsync<DeterministicFaultException>(ConsumeAsync(Record(1) with { Payload = "{"u8.ToArray() }));

    private async Task ConsumeAsync(params IntakeRecord[] records) =>
        await new AlertIntake(_grains, _classifier, NullLogger<AlertIntake>.Instance).ConsumeAsync(records, CancellationToken.None);

    private CommandResult Answer(ReceiveAlerts command)
    {
        if (command.Items.Any(item => item.Member.Annotations.ContainsKey("huge")))
            return CommandResult.Refuse(1, new Refusal(RefusalKind.Invalid, "state_too_large", "Too large."));

        lock (_taken)
            _taken.AddRange(command.Items.Select(item => item.Order));
        return new CommandResult(1);
    }

    private static SentAlert Sent(string name, string note)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = name };
        return new SentAlert(AlertMemberId.Of(labels), labels, new Dictionary<string, string> { [note] = "" }, Now, Now.AddMinutes(5), null);
    }

    private static IntakeRecord Record(long seq, params SentAlert[] alerts) =>
        new(0, seq, "shop", AlertBatch.IntakeKind, JsonBytes.Serialize(new AlertBatch(AlertBatch.AlertmanagerApi, alerts), AlertBatchJson.Default.AlertBatch), Now, null);
}
