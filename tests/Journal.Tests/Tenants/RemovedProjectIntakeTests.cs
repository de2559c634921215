using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Intake;

namespace AwoooP.Journal.Tests.Tenants;

/// <summary>Senders whose project is taken out get no acknowledgement for what is not written; all others do.</summary>
public sealed class RemovedProjectIntakeTests : IAsyncLifetime
{
    private IntakeHarness _intake = null!;

    public async Task InitializeAsync() => _intake = await IntakeHarness.CreateAsync();

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task Append_OfARemovedProject_IsNotAcceptedAndTheOthersAre()
    {
        await _intake.StartAsync();
        await _intake.ExecuteAsync("insert into journal.removed_project (id) values ('gone')");

        var appends = Enumerable.Range(0, 60).Select(async number =>
        {
            var entry = IntakeHarness.Entry($"{number}", orderKey: "one") with { ProjectId = number % 2 == 0 ? "gone" : "p1" };
            if (number % 2 == 0)
                await Should.ThrowAsync<JournalUnavailableException>(async () => await _intake.Log.AppendAsync(entry, CancellationToken.None));
            else
                (await _intake.Log.AppendAsync(entry, CancellationToken.None)).Status.ShouldBe(IntakeStatus.Accepted);
        });
        await Task.WhenAll(appends);

        (await _intake.QueryAsync("select project_id::text from journal.intake group by 1")).ShouldBe(["p1"]);
        await IntakeHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 30);
        _intake.HasTaken.ShouldBeTrue("no partition may be given up for it");
    }

    [Fact]
    public async Task Consume_OfARecordThatIsRefusedWhileItsProjectIsDeleted_DropsIt()
    {
        await _intake.StartAsync();
        _intake.Consumer.Before = async _ =>
        {
            await _intake.ExecuteAsync("insert into journal.removed_project (id, deleting_since) values ('p1', now()) on conflict do nothing");
            throw new DeterministicFaultException("refused: project_not_found");
        };

        await _intake.AppendAsync("one");

        await IntakeHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
        (await _intake.QueryAsync("select reason from journal.intake_rejected")).ShouldBeEmpty();
    }
}
