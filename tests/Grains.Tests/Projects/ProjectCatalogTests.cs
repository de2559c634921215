using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Projects;

public sealed class ProjectCatalogTests
{
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

    private static ProjectCatalog Entered(string projectId)
    {
        var catalog = Registered(ProjectCatalog.Initial, projectId);
        return catalog.Apply(catalog.Enter(new EnterRemoval(projectId, "it has moved"), "root").Events.Single(), default);
    }

    private static ProjectCatalog Registered(ProjectCatalog catalog, string projectId) =>
        catalog.Apply(catalog.Register(new RegisterProject(projectId)).Events.Single(), default);
}
