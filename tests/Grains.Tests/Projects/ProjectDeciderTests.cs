using System.Text.Json;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Projects;

public sealed class ProjectDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly ProjectConfiguration Configuration = new() { Name = "Shop", Quotas = new ProjectQuotas { AlertsPerMinute = 6000 } };

    private static Project Active => Project.Initial.Apply(new ProjectCreated(Configuration, "root"), Now);

    private static Project Suspended => Active.Apply(new ProjectSuspended("moving house", "root"), Now.AddMinutes(1));

    [Fact]
    public void GivenAProject_WhenCreatedAgain_ThenItExists()
    {
        var refusal = Create(Active, "shop", Configuration).Refusal!;

        refusal.Code.ShouldBe(ProjectRefusals.Exists);
        refusal.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("operators")]
    [InlineData("projects")]
    [InlineData("Shop")]
    [InlineData("-shop")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("")]
    public void GivenANameThatNoProjectMayHave_WhenCreated_ThenRefused(string projectId) =>
        Create(Project.Initial, projectId, Configuration).Refusal!.Code.ShouldBe("invalid_project_id");

    [Fact]
    public void GivenSeveralFaults_WhenConfigured_ThenAllAreNamed()
    {
        var refusal = Configure(Active, new ProjectConfiguration
        {
            Name = " ",
            Quotas = new ProjectQuotas { AlertsPerMinute = 99, RequestsPerMinute = 10_000_001, EventStreams = 0 },
        }).Refusal!;

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.InvalidFields.Select(fault => fault.Field).ShouldBe(["$.name", "$.quotas.alerts_per_minute", "$.quotas.requests_per_minute", "$.quotas.event_streams"]);
    }

    [Fact]
    public void GivenASecretInTheName_WhenConfigured_ThenRefused() =>
        Configure(Active, Configuration with { Name = "password=hunter2hunter2" }).Refusal!.Code.ShouldBe("secret_in_name");

    [Fact]
    public void GivenTheSameConfiguration_WhenConfigured_ThenNothingIsWritten()
    {
        var same = new ProjectConfiguration { Name = "Shop", Quotas = new ProjectQuotas { AlertsPerMinute = 6000 }, FeatureFlags = new ProjectFeatureFlags() };

        Configure(Active, same).ShouldBe(Decision<ProjectEvent>.Nothing);
        Configure(Active, same with { FeatureFlags = new ProjectFeatureFlags { SuggestMode = true } }).Events.ShouldHaveSingleItem().ShouldBeOfType<ProjectConfigured>();
    }

    [Fact]
    public void GivenASuspendedProject_WhenConfigured_ThenItStaysSuspended()
    {
        var configured = Suspended.Apply(Configure(Suspended, Configuration with { Name = "The shop" }).Events.Single(), Now.AddHours(1));

        configured.Status.ShouldBe(ProjectStatus.Suspended);
        configured.Suspension.ShouldBe(new ProjectSuspension("root", "moving house", Now.AddMinutes(1)));
        configured.Configuration!.Name.ShouldBe("The shop");
        configured.UpdatedAt.ShouldBe(Now.AddHours(1));
        configured.Apply(new ProjectResumed(null, "root"), Now.AddHours(2)).Status.ShouldBe(ProjectStatus.Active);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void GivenNoReason_WhenSuspended_ThenRefused(string reason) =>
        ProjectDecider.Suspend(Active, new SuspendProject(reason), "root").Refusal!.Code.ShouldBe("out_of_range");

    [Fact]
    public void GivenASuspendedProject_WhenSuspendedAgain_ThenItSaysWhatIsPossible() =>
        ProjectDecider.Suspend(Suspended, new SuspendProject("again"), "root").Refusal!.Legal.ShouldBe(["configure", "resume"]);

    [Fact]
    public void GivenAnActiveProject_WhenRemoved_ThenItMustBeSuspendedFirst()
    {
        var refusal = ProjectDecider.Remove(Active, new RemoveProject("it has moved"), "root").Refusal!;

        refusal.Kind.ShouldBe(RefusalKind.IllegalTransition);
        refusal.Legal.ShouldBe(["configure", "suspend"]);
    }

    [Fact]
    public void GivenASuspendedProject_WhenRemovedAndAbandoned_ThenItIsSuspendedAsItWas()
    {
        var removing = Suspended.Apply(ProjectDecider.Remove(Suspended, new RemoveProject("it has moved"), "root").Events.Single(), Now.AddHours(1));
        removing.Status.ShouldBe(ProjectStatus.Removing);
        removing.Suspension.ShouldBe(Suspended.Suspension, "its automation still rests");

        var abandoned = removing.Apply(ProjectDecider.AbandonRemoval(removing, new AbandonProjectRemoval("a run was under way"), "root").Events.Single(), Now.AddHours(2));
        abandoned.ShouldBe(Suspended with { UpdatedAt = Now.AddHours(2) });
    }

    /// <summary>The procedure that was cut off asks again.</summary>
    [Fact]
    public void GivenAProjectThatIsBeingRemoved_WhenRemovedAgain_ThenNothingIsWritten()
    {
        var removing = Suspended.Apply(new ProjectRemovalBegun("it has moved", "root"), Now.AddHours(1));

        ProjectDecider.Remove(removing, new RemoveProject("again"), "root").ShouldBe(Decision<ProjectEvent>.Nothing);
        ProjectDecider.AbandonRemoval(Suspended, new AbandonProjectRemoval("again"), "root").ShouldBe(Decision<ProjectEvent>.Nothing);
        ProjectDecider.AbandonRemoval(Active, new AbandonProjectRemoval("again"), "root").ShouldBe(Decision<ProjectEvent>.Nothing);
        ProjectDecider.Resume(removing, new ResumeProject(null), "root").Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        ProjectDecider.Remove(Project.Initial, new RemoveProject("it never was"), "root").Refusal!.Code.ShouldBe(ProjectRefusals.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void GivenNoReason_WhenRemoved_ThenRefused(string reason) =>
        ProjectDecider.Remove(Suspended, new RemoveProject(reason), "root").Refusal!.Code.ShouldBe("out_of_range");

    [Fact]
    public void GivenAnyStatus_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        ProjectTransitions.Table,
        default,
        """
        none: create -> active
        active: configure -> active
        active: suspend -> suspended
        suspended: configure -> suspended
        suspended: resume -> active
        suspended: remove -> removing
        removing: abandon_removal -> suspended
        """);

    /// <summary>Whatever a configuration offers is enforced or acted on, so it has its entry.</summary>
    [Fact]
    public void Configuration_OffersTheKnownQuotasAndFlagsOnly()
    {
        Quota.All.Select(quota => quota.Name).ShouldBe(Names(typeof(ProjectQuotas)));
        FeatureFlag.All.Select(flag => flag.Name).ShouldBe(Names(typeof(ProjectFeatureFlags)));
    }

    private static IEnumerable<string> Names(Type type) =>
        type.GetProperties().Where(property => property.Name != "EqualityContract").Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

    private static Decision<ProjectEvent> Create(Project project, string projectId, ProjectConfiguration configuration) =>
        ProjectDecider.Create(project, projectId, new CreateProject(configuration), "root");

    private static Decision<ProjectEvent> Configure(Project project, ProjectConfiguration configuration) =>
        ProjectDecider.Configure(project, "shop", new ConfigureProject(configuration), "root");
}
