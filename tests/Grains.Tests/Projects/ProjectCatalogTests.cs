using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Projects;

public sealed class ProjectCatalogTests
{
    private const string Hash = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

    [Fact]
    public void GivenAnId_WhenRegisteredAgain_ThenNothingIsWritten()
    {
        var catalog = Registered(ProjectCatalog.Initial, "shop");

        catalog.Register(new RegisterProject("shop")).Events.ShouldBeEmpty();
        catalog.Register(new RegisterProject("shop")).Refusal.ShouldBeNull();
        catalog.Projects.ShouldBe(["shop"]);
    }

    [Fact]
    public void GivenAReservedName_WhenRegistered_ThenRefused() =>
        ProjectCatalog.Initial.Register(new RegisterProject(IProjectCatalogGrain.Project)).Refusal!.Code.ShouldBe("invalid_project_id");

    [Fact]
    public void GivenAFullCatalogue_WhenAnotherIsRegistered_ThenRefusedAndItsStateHasRoom()
    {
        var full = Enumerable.Range(0, ProjectCatalog.MaxProjects)
            .Select(number => number.ToString(CultureInfo.InvariantCulture).PadLeft(64, 'x'))
            .Aggregate(ProjectCatalog.Initial, Registered);

        full.Register(new RegisterProject("shop")).Refusal!.Code.ShouldBe("too_many_projects");
        JsonBytes.Serialize(full, ProjectCatalog.Json).Length.ShouldBeLessThan(JournalLimits.MaxStateBytes);
    }

    [Fact]
    public void GivenAProject_WhenItIsTakenOut_ThenItsIdIsSpokenForUntilItIsReleased()
    {
        var removing = Entered("shop");
        removing.Projects.ShouldBeEmpty();
        removing.Register(new RegisterProject("shop")).Refusal!.Code.ShouldBe(ProjectRefusals.Removed);
        removing.Release(new ReleaseProjectId("shop"), "root").Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        var removed = removing.Apply(removing.Complete(new CompleteRemoval("shop", [new DeletedRows("journal.event", 7)], null), "root").Events.Single(), default);
        removed.Register(new RegisterProject("shop")).Refusal!.Code.ShouldBe(ProjectRefusals.Removed);
        removed.Withdraw(new WithdrawRemoval("shop", "too late"), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);

        var released = removed.Apply(removed.Release(new ReleaseProjectId("shop"), "root").Events.Single(), default);
        Registered(released, "shop").Projects.ShouldBe(["shop"]);
    }

    /// <summary>The procedure that was cut off says again what it has said.</summary>
    [Fact]
    public void GivenARemoval_WhenAnyStepIsRepeated_ThenNothingIsWritten()
    {
        var removing = Entered("shop");
        removing.Enter(new EnterRemoval("shop", "again"), "root").ShouldBe(Decision<ProjectCatalogEvent>.Nothing);

        var removed = removing.Apply(new ProjectRemoved("shop", [], null, "root"), default);
        removed.Complete(new CompleteRemoval("shop", [], null), "root").ShouldBe(Decision<ProjectCatalogEvent>.Nothing);

        var withdrawn = removing.Apply(removing.Withdraw(new WithdrawRemoval("shop", "a run was under way"), "root").Events.Single(), default);
        withdrawn.Projects.ShouldBe(["shop"]);
        withdrawn.Withdraw(new WithdrawRemoval("shop", "again"), "root").ShouldBe(Decision<ProjectCatalogEvent>.Nothing);
        withdrawn.Release(new ReleaseProjectId("shop"), "root").ShouldBe(Decision<ProjectCatalogEvent>.Nothing);
    }

    [Fact]
    public void GivenNoSuchProject_WhenItIsTakenOut_ThenRefused()
    {
        ProjectCatalog.Initial.Enter(new EnterRemoval("shop", "it never was"), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);
        Registered(ProjectCatalog.Initial, "shop").Complete(new CompleteRemoval("shop", [], null), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);
    }

    [Fact]
    public void GivenAProject_WhenItIsExported_ThenBothActsAreToldEachTimeAndNothingChanges()
    {
        foreach (var catalog in (ProjectCatalog[])[Registered(ProjectCatalog.Initial, "shop"), Entered("shop")])
        {
            var begun = OwnerActDecider.EnterExport(catalog, new EnterExport("shop", "it has moved"), "root").Events.Single();
            var done = OwnerActDecider.CompleteExport(catalog, new CompleteExport("shop", Hash, ["1.3.42"]), "root").Events.Single();

            begun.ShouldBe(new ExportEntered("shop", "it has moved", "root"));
            done.ShouldBeOfType<ProjectExported>().ManifestSha256.ShouldBe(Hash);
            catalog.Apply(begun, default).Apply(done, default).ShouldBeSameAs(catalog);
        }
    }

    [Fact]
    public void GivenAnExportThatIsNone_WhenTold_ThenRefused()
    {
        var shop = Registered(ProjectCatalog.Initial, "shop");

        OwnerActDecider.EnterExport(shop, new EnterExport("bank", "it has moved"), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);
        OwnerActDecider.EnterExport(shop, new EnterExport("shop", " "), "root").Refusal!.Code.ShouldBe("out_of_range");
        OwnerActDecider.CompleteExport(shop, new CompleteExport("shop", Hash.ToUpperInvariant(), ["1.3.42"]), "root").Refusal!.Code.ShouldBe("invalid_manifest_sha256");
        OwnerActDecider.CompleteExport(shop, new CompleteExport("shop", Hash, []), "root").Refusal!.Code.ShouldBe("invalid_positions");
        OwnerActDecider.CompleteExport(shop, new CompleteExport("shop", Hash, [new string('1', 33)]), "root").Refusal!.Code.ShouldBe("invalid_positions");
        OwnerActDecider.CompleteExport(shop, new CompleteExport("bank", Hash, ["1.3.42"]), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);
    }

    [Fact]
    public void GivenACutOfTheLog_WhenTold_ThenItsMonthCountsAndReasonAreOnRecord()
    {
        var before = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        OwnerActDecider.EnterLogCut(new EnterLogCut(before, 2, 4096, "older than we keep"), "root").Events.Single()
            .ShouldBe(new LogCutEntered(before, 2, 4096, "older than we keep", "root"));
        OwnerActDecider.EnterLogCut(new EnterLogCut(before.AddHours(1), 2, 4096, "x"), "root").Refusal!.Code.ShouldBe("invalid_before");
        OwnerActDecider.EnterLogCut(new EnterLogCut(before, 0, 0, "x"), "root").Refusal!.Code.ShouldBe("invalid_months");
        OwnerActDecider.EnterLogCut(new EnterLogCut(before, 2, 4096, ""), "root").Refusal!.Code.ShouldBe("out_of_range");
    }

    private static ProjectCatalog Entered(string projectId)
    {
        var catalog = Registered(ProjectCatalog.Initial, projectId);
        return catalog.Apply(catalog.Enter(new EnterRemoval(projectId, "it has moved"), "root").Events.Single(), default);
    }

    private static ProjectCatalog Registered(ProjectCatalog catalog, string projectId) =>
        catalog.Apply(catalog.Register(new RegisterProject(projectId)).Events.Single(), default);
}
