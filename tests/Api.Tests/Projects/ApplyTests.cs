using System.Runtime.CompilerServices;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Client.Cli;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Projects;

/// <summary>Commands about projects as they are typed, against the real front, grains and journal.</summary>
[Collection(StandardOutput.Name)]
public sealed class ApplyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly FrontHost _host = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-apply-");
    private RealGrains _grains = null!;
    private ApiKey _key = null!;

    public async Task InitializeAsync()
    {
        _grains = await RealGrains.StartAsync(postgres.Endpoints);
        _host.Cluster.Behind = _grains.Client;
        await _host.InitializeAsync();
        _key = _host.Cluster.Issue("root", OperatorRole.Admin, "*");
    }

    [Fact]
    public async Task Apply_Twice_ChangesNothingTheSecondTime()
    {
        var file = Write("kind: project\nproject_id: twice\nname: Twice\nquotas:\n  alerts_per_minute: 6000\n");

        var first = await RunAsync("apply", "-f", file, "--yes");
        var second = await RunAsync("apply", "-f", file);

        first.ShouldBe((ExitCodes.Done, "project twice: to be made\n  + name: Twice\n  + quotas.alerts_per_minute: 6000\n  + feature_flags.suggest_mode: false\n  + feature_flags.mute_notifications: false\nproject twice: made, version 1\n", ""));
        second.ShouldBe((ExitCodes.Done, "project twice: no changes\n", ""));
        (await EventsAsync("twice")).ShouldBe(["project.created"]);
    }

    [Fact]
    public async Task Apply_OfAChangedFile_ShowsTheDifferenceAndMakesIt()
    {
        await RunAsync("apply", "-f", Write("kind: project\nproject_id: moving\nname: Moving\nquotas:\n  alerts_per_minute: 6000\n  event_streams: 5\n"), "--yes");
        var changed = Write("kind: project\nproject_id: moving\nname: Moved\nquotas:\n  alerts_per_minute: 6000\nfeature_flags:\n  suggest_mode: true\n");
        const string Shown = "project moving: 3 changes\n  ~ name: Moving -> Moved\n  - quotas.event_streams: 5\n  ~ feature_flags.suggest_mode: false -> true\n";

        (await RunAsync("apply", "-f", changed, "--dry-run")).ShouldBe((ExitCodes.Done, Shown, ""));
        (await EventsAsync("moving")).ShouldBe(["project.created"]);
        // Nobody can be asked: it is not taken for a yes.
        (await RunAsync("apply", "-f", changed)).Code.ShouldBe(ExitCodes.Invalid);
        (await EventsAsync("moving")).ShouldBe(["project.created"]);

        (await RunAsync("apply", "-f", changed, "-y")).ShouldBe((ExitCodes.Done, Shown + "project moving: changed, version 2\n", ""));
        (await EventsAsync("moving")).ShouldBe(["project.created", "project.configured"]);
        (await RunAsync("projects", "show", "moving")).Output.ShouldContain("Moved");
    }

    [Theory]
    [InlineData("kind: project\nproject_id: x\nname: X\nquota:\n  a: 1\n", "line 4: there is no field 'quota'; known: kind, project_id, name, quotas, feature_flags.")]
    [InlineData("kind: project\nproject_id: x\nname: X\nquotas:\n  alerts: 1\n", "line 5: there is no field 'quotas.alerts'; known: alerts_per_minute, requests_per_minute, event_streams, active_runs, active_playbooks.")]
    [InlineData("kind: project\nproject_id: x\nname: X\nquotas:\n  event_streams: many\n", "line 5: 'quotas.event_streams' must be a whole number.")]
    [InlineData("kind: project\nproject_id: x\nname: X\nfeature_flags:\n  suggest_mode: yes\n", "line 5: 'feature_flags.suggest_mode' must be true or false.")]
    [InlineData("kind: project\nproject_id: x\nname: [a]\n", "line 3: 'name' must be a text.")]
    [InlineData("kind: project\nproject_id: x\n", "line 1: the field 'name' is needed.")]
    [InlineData("kind: tenant\nproject_id: x\nname: X\n", "line 1: 'kind' must be project.")]
    [InlineData("project_id: x\nname: X\n", "line 1: the field 'kind' is needed: project.")]
    [InlineData("kind: project\nproject_id: x\nname: X\nname: Y\n", "line 4: ")]
    [InlineData("kind: project\n  project_id: x\n", "line 2: ")]
    [InlineData("- kind: project\n", "line 1: a document must be a mapping of fields.")]
    [InlineData("", " holds nothing.")]
    public async Task Apply_OfAFileThatSaysSomethingElse_NamesTheLine(string text, string fault)
    {
        var (code, output, errors) = await RunAsync("apply", "-f", Write(text), "--yes");

        code.ShouldBe(ExitCodes.Invalid);
        errors.ShouldContain(fault);
        output.ShouldBeEmpty();
        (await EventsAsync("x")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_OfSeveralFaults_NamesThemAll()
    {
        var (_, _, errors) = await RunAsync("apply", "-f", Write("kind: project\nproject_id: x\nname:\nquotas:\n  a: 1\n  b: 2\n"), "--yes");

        errors.Trim().Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task Apply_OfSeveralProjects_MakesEach()
    {
        var file = Write("kind: project\nproject_id: one\nname: One\n---\nkind: project\nproject_id: two\nname: Two\n");

        var applied = JsonDocument.Parse((await RunAsync("apply", "-f", file, "--yes", "--json")).Output).RootElement;

        applied.EnumerateArray().Select(project => project.GetProperty("project_id").GetString()).ShouldBe(["one", "two"]);
        applied.EnumerateArray().ShouldAllBe(project => project.GetProperty("applied").GetBoolean());
        (await EventsAsync("one")).ShouldBe(["project.created"]);
        (await EventsAsync("two")).ShouldBe(["project.created"]);
    }

    [Fact]
    public async Task Sample_InTheRepository_IsApplied() =>
        (await RunAsync("apply", "-f", Sample(), "--yes")).Output.ShouldEndWith("project webshop: made, version 1\n");

    [Fact]
    public async Task Create_WithQuotasAndFlags_MakesTheProjectOnce()
    {
        (await RunAsync("projects", "create", "nursery", "--name", "Nursery", "--alerts-per-minute", "6000", "--active-runs", "3", "--suggest-mode", "--json"))
            .ShouldSatisfyAllConditions(
                made => made.Code.ShouldBe(ExitCodes.Done, made.Errors),
                made => JsonDocument.Parse(made.Output).RootElement.GetProperty("project_id").GetString().ShouldBe("nursery"));

        // What was not named has its default, as in a file that leaves it out.
        var file = Write("kind: project\nproject_id: nursery\nname: Nursery\nquotas:\n  alerts_per_minute: 6000\n  active_runs: 3\nfeature_flags:\n  suggest_mode: true\n");
        (await RunAsync("apply", "-f", file)).ShouldBe((ExitCodes.Done, "project nursery: no changes\n", ""));
        (await RunAsync("projects", "create", "nursery", "--name", "Nursery")).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe(ExitCodes.Refused), refused => refused.Output.ShouldBeEmpty());
        (await EventsAsync("nursery")).ShouldBe(["project.created"]);
    }

    [Theory]
    [InlineData("Not-A-Name", "--name", "X")]
    [InlineData("fine", "--name", "X", "--active-runs", "0")]
    [InlineData("fine")]
    public async Task Create_OfWhatCannotBe_EndsWithInvalidAndMakesNothing(params string[] project)
    {
        (await RunAsync(["projects", "create", .. project])).Code.ShouldBe(ExitCodes.Invalid);

        (await EventsAsync(project[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suspension_ByCommand_IsSeenByTheNextRequest()
    {
        await RunAsync("apply", "-f", Write("kind: project\nproject_id: resting\nname: Resting\n"), "--yes");

        (await RunAsync("projects", "suspend", "resting", "-m", "moving house")).Output.ShouldContain("suspended");
        (await RunAsync("playbooks", "create", "-f", Write("{}"), "--project", "resting")).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe(ExitCodes.Refused), refused => refused.Errors.ShouldContain("project_suspended"));
        (await RunAsync("projects", "suspend", "resting", "-m", "again")).Errors.ShouldContain("possible now: configure, resume");
        (await RunAsync("projects", "resume", "resting")).Code.ShouldBe(ExitCodes.Done);
        (await RunAsync("playbooks", "create", "-f", Write("{}"), "--project", "resting")).Errors.ShouldContain("missing_field");
        (await EventsAsync("resting")).ShouldBe(["project.created", "project.suspended", "project.resumed"]);
    }

    [Fact]
    public async Task Onboarding_AtEveryStart_MakesWhatIsMissingOnce()
    {
        var onboarding = new Client.Projects.ProjectOnboarding(
            _grains.Client, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Client.Projects.ProjectOnboarding>.Instance);

        (await onboarding.EnsureAsync("home", CancellationToken.None)).ShouldBe(["awoooi", "ewoooc", "home"]);
        (await onboarding.EnsureAsync("home", CancellationToken.None)).ShouldBeEmpty();

        Commands.CallContext.Current = new Commands.CallContext { ProjectId = IProjectCatalogGrain.Project, Actor = "test" };
        (await _grains.Get<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}").ListAsync(CancellationToken.None))
            .ShouldBeSubsetOf(["awoooi", "ewoooc", "home", "twice", "moving", "one", "two", "webshop", "resting", "nursery"]);
        (await EventsAsync("awoooi")).ShouldBe(["project.created"]);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => _host.RunAsync(_key, arguments);

    private async Task<List<string>> EventsAsync(string project)
    {
        await using var command = postgres.Superuser.CreateCommand($"select type from journal.event where grain_key = '{project}/{IProjectGrain.Key}' order by version");
        await using var reader = await command.ExecuteReaderAsync();
        var types = new List<string>();
        while (await reader.ReadAsync())
            types.Add(reader.GetString(0));
        return types;
    }

    private static string Sample([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "samples", "projects", "webshop.yaml"));
}
