using AwoooP.Alerts;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Intake;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Intake;
using NSubstitute;

namespace AwoooP.Api.Tests.Intake;

/// <summary>Intake of a front that runs apart from the silos, which only the embedded engine serves.</summary>
public sealed class SiloIntakeLogTests
{
    private readonly StubCluster _cluster = new();
    private readonly SiloIntakeLog _log;

    public SiloIntakeLogTests() => _log = new SiloIntakeLog(_cluster);

    [Fact]
    public async Task Append_IsTakenByASiloInTheNameOfTheProject()
    {
        CallContext? context = null;
        SentAlerts? sent = null;
        OnTake(taken =>
        {
            (context, sent) = (CallContext.Current, taken);
            return Task.FromResult(new AlertsTaken(null));
        });

        (await AppendAsync()).Status.ShouldBe(IntakeStatus.Accepted);

        context!.ProjectId.ShouldBe("shop");
        sent!.Batch.ShouldBe("{}"u8.ToArray());
        (sent.Alerts, sent.OrderKey, sent.TraceId).ShouldBe((3, "connection", "trace"));
    }

    [Fact]
    public async Task Append_WhereTooMuchWaits_IsOverloaded()
    {
        OnTake(static _ => Task.FromResult(new AlertsTaken(TimeSpan.FromSeconds(7))));
        (await AppendAsync()).ShouldBe(new IntakeOutcome(IntakeStatus.Overloaded, TimeSpan.FromSeconds(7)));

        OnTake(static _ => Task.FromException<AlertsTaken>(new OverloadedException("full")));
        (await AppendAsync()).Status.ShouldBe(IntakeStatus.Overloaded);
    }

    [Fact]
    public async Task Append_AtASiloThatCannotWrite_IsTakenByAnother()
    {
        var asked = 0;
        OnTake(_ => ++asked == 1 ? Task.FromException<AlertsTaken>(new JournalUnavailableException("no lease")) : Task.FromResult(new AlertsTaken(null)));

        (await AppendAsync()).Status.ShouldBe(IntakeStatus.Accepted);

        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Append_OverTheBytesThatMayWaitForSilos_IsOverloaded()
    {
        var taken = new TaskCompletionSource<AlertsTaken>();
        OnTake(_ => taken.Task);
        var batch = new byte[16 * 1024 * 1024];
        var waiting = Enumerable.Range(0, 4).Select(_ => AppendAsync(batch)).ToList();

        (await AppendAsync()).Status.ShouldBe(IntakeStatus.Overloaded);

        taken.SetResult(new AlertsTaken(null));
        (await Task.WhenAll(waiting)).ShouldAllBe(static outcome => outcome.Status == IntakeStatus.Accepted);
        (await AppendAsync()).Status.ShouldBe(IntakeStatus.Accepted);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Append_WhoseOutcomeIsNotKnown_IsToBeSentAgain(Exception fault)
    {
        OnTake(_ => Task.FromException<AlertsTaken>(fault));

        await Should.ThrowAsync<JournalUnavailableException>(() => AppendAsync());
    }

    public static TheoryData<Exception> Faults() =>
    [
        new CallLostException(new GrainId("alertintake", "shop/1"), "TakeAsync"),
        new GrainUnplacedException(new GrainId("alertintake", "shop/1")),
        new CallTimeoutException(new GrainId("alertintake", "shop/1"), "TakeAsync", TimeSpan.FromSeconds(30)),
        new JournalUnavailableException("down"),
    ];

    private Task<IntakeOutcome> AppendAsync() => AppendAsync("{}"u8.ToArray());

    private Task<IntakeOutcome> AppendAsync(byte[] batch) =>
        _log.AppendAsync(new IntakeEntry("shop", AlertBatch.IntakeKind, batch, 3, "trace", "connection"), CancellationToken.None).AsTask();

    /// <summary>Whichever lane the entry takes.</summary>
    private void OnTake(Func<SentAlerts, Task<AlertsTaken>> take)
    {
        var grain = Substitute.For<IAlertIntakeGrain>();
        grain.TakeAsync(Arg.Any<SentAlerts>(), Arg.Any<CancellationToken>()).Returns(call => take(call.Arg<SentAlerts>()));
        for (var lane = 0; lane < 64; lane++)
            _cluster.Put($"shop/{lane}", grain);
    }
}
