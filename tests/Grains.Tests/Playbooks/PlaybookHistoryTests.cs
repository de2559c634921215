using AwoooP.Aggregates;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using AwoooP.Projects;
using FsCheck;
using FsCheck.Fluent;
using PlaybookMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Playbooks.Playbook, AwoooP.Playbooks.PlaybookEvent>;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>Random histories of authors, approvers and outcomes.</summary>
public sealed class PlaybookHistoryTests
{
    private static readonly PlaybookDefinition Valid = new()
    {
        Name = "Restart",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = "restart:{{service}}",
        Steps = [Plans.Command("restart")],
    };

    private static readonly Gen<PlaybookDefinition> Definitions =
        Gen.Frequency((6, Gen.Constant(Valid)), (2, Gen.Constant(Valid with { Name = "Restart again" })), (1, Gen.Constant(Valid with { Steps = [] })));

    private static readonly Gen<string> People = Gen.Elements("ann", "ben");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHold(bool requireSecond)
    {
        var visited = new HashSet<PlaybookStatus>();
        var archivals = 0;
        Histories.Hold(Create, Moves(requireSecond), history =>
        {
            visited.Add(history.State.Status);
            archivals += history.Decision.Events is [PlaybookOutcomeRecorded, PlaybookArchived] ? 1 : 0;
            Check(history, requireSecond);
        });

        visited.ShouldBe(Enum.GetValues<PlaybookStatus>(), ignoreOrder: true);
        archivals.ShouldBeGreaterThan(0);
    }

    private static void Check(History<Playbook, PlaybookEvent> history, bool requireSecond)
    {
        var (before, playbook) = (history.Before, history.State);
        var outcomes = history.Events.OfType<PlaybookOutcomeRecorded>().ToList();

        playbook.TrustScore.ShouldBeInRange(0, 1);
        if (playbook.Status is not PlaybookStatus.None)
            playbook.TrustScore.ShouldBe(outcomes.Aggregate(0.3, (trust, outcome) => outcome.Success ? (0.9 * trust) + 0.1 : 0.8 * trust), 1e-12);
        playbook.SuccessCount.ShouldBe(outcomes.Count(outcome => outcome.Success));
        playbook.FailureCount.ShouldBe(outcomes.Count(outcome => !outcome.Success));
        playbook.DefinitionVersion.ShouldBe(history.Events.Count(raised => raised is PlaybookCreated or PlaybookRevised));

        history.Claims.ShouldBe(playbook.Status is PlaybookStatus.Active ? ["active_playbooks/1"] : []);
        if (playbook.Status is PlaybookStatus.Approved or PlaybookStatus.Active)
            playbook.IsApproved.ShouldBeTrue();
        if (requireSecond)
            history.Decision.Events.OfType<PlaybookApproved>().All(approved => approved.By != before.Author).ShouldBeTrue();
        if (history.Decision.Events is [PlaybookOutcomeRecorded { Success: false, TrustAfter: < 0.1 }, ..] && before.Status is PlaybookStatus.Approved or PlaybookStatus.Active)
            playbook.Status.ShouldBe(PlaybookStatus.Archived);
        if (history.Decision.Events is [PlaybookOutcomeRecorded { Success: true }, ..])
            playbook.Status.ShouldBe(before.Status);
    }

    private static Gen<PlaybookMove> Create =>
        (from definition in Definitions
         from source in Gen.Frequency((9, Gen.Constant(PlaybookSource.Human)), (1, Gen.Constant(PlaybookSource.None)))
         from person in People
         select (Command: new CreatePlaybook(definition, source), By: person))
        .Move<Playbook, PlaybookEvent, (CreatePlaybook Command, string By)>(
            (playbook, create, _) => PlaybookDecider.Create(playbook, "PB-20260115-000001", create.Command, create.By));

    private static Gen<PlaybookMove> Moves(bool requireSecond) => Gen.Frequency(
        (1, Create),
        (1, Definitions.Zip(People).Move<Playbook, PlaybookEvent, (PlaybookDefinition Definition, string By)>(
            (playbook, revise, _) => PlaybookDecider.Revise(playbook, new RevisePlaybook(revise.Definition, null), revise.By))),
        (5, By("approve", (playbook, by) => PlaybookDecider.Approve(playbook, by, requireSecond))),
        (4, By("activate", static (playbook, by) => PlaybookDecider.Activate(playbook, [], by, Seat.Find(Quota.ActivePlaybooks, 3, [], 1)))),
        (1, By("archive", (playbook, by) => PlaybookDecider.Archive(playbook, new ArchivePlaybook(null), by))),
        (3, By("restore", (playbook, by) => PlaybookDecider.Restore(playbook, new RestorePlaybook(null), by))),
        (10, Gen.Elements(true, false, false).Move<Playbook, PlaybookEvent, bool>(
            (playbook, success, _) => PlaybookDecider.RecordOutcome(playbook, new RecordOutcome(Plans.RunId, "INC-20260115-000001", success), "platform"))));

    private static Gen<PlaybookMove> By(string action, Func<Playbook, string, Decision<PlaybookEvent>> decide) =>
        People.Select(person => (action, person)).Move<Playbook, PlaybookEvent, (string Action, string By)>((playbook, command, _) => decide(playbook, command.By));
}
