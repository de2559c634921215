using System.Globalization;
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

    private static ProjectCatalog Registered(ProjectCatalog catalog, string projectId) =>
        catalog.Apply(catalog.Register(new RegisterProject(projectId)).Events.Single(), default);
}
