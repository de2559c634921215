using System.Collections.Concurrent;
using AwoooP.Client.Auth;
using AwoooP.Idempotency;
using AwoooP.Operators;
using AwoooP.Projects;
using NSubstitute;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>A cluster whose grains are substitutes, for what the front itself decides. It has the two projects that a silo makes.</summary>
public sealed partial class StubCluster : IClusterClient
{
    private readonly ConcurrentDictionary<(Type, string), object> _grains = new();

    public StubCluster()
    {
        MakeProject("awoooi");
        MakeProject("ewoooc");
    }

    /// <summary>Says what a substitute answers that nobody has spoken to yet.</summary>
    public Action<object>? OnMade { get; set; }

    /// <summary>The cluster whose grains stand behind those that a test did not put itself; null where there are only substitutes.</summary>
    public IClusterClient? Behind { get; set; }

    public TGrain GetGrain<TGrain>(string primaryKey, string? grainClassNamePrefix = null) where TGrain : IGrainWithStringKey =>
        Behind is { } real && !_grains.ContainsKey((typeof(TGrain), primaryKey)) ? real.GetGrain<TGrain>(primaryKey) : (TGrain)GetGrain(typeof(TGrain), primaryKey);

    public IGrain GetGrain(Type grainInterfaceType, string primaryKey) =>
        (IGrain)_grains.GetOrAdd((grainInterfaceType, primaryKey), pair => Make(pair.Item1));

    /// <summary>Puts a grain of the test's own in the place of a substitute.</summary>
    public void Put<TGrain>(string primaryKey, TGrain grain) where TGrain : IGrainWithStringKey => _grains[(typeof(TGrain), primaryKey)] = grain;

    /// <summary>Makes a project known, as its grain would.</summary>
    public void MakeProject(string projectId, ProjectConfiguration? configuration = null, ProjectSuspension? suspension = null)
    {
        var view = new ProjectView(
            1, projectId, suspension is null ? ProjectStatus.Active : ProjectStatus.Suspended, configuration ?? new ProjectConfiguration { Name = projectId }, suspension,
            default, default, []);
        ((IProjectGrain)GetGrain(typeof(IProjectGrain), $"{projectId}/{IProjectGrain.Key}")).GetAsync(Arg.Any<CancellationToken>()).Returns(view);
    }

    /// <summary>Makes a key known, as its grain would, and the project that it is for.</summary>
    public ApiKey Issue(string operatorId, OperatorRole role, string project = "awoooi", bool revoked = false, DateTimeOffset? expiresAt = null)
    {
        var key = ApiKey.Create();
        var view = new OperatorKeyView(
            1, key.KeyId, operatorId, key.SecretSha256, new Dictionary<string, OperatorRole> { [project] = role }, project == "*" ? "awoooi" : project, expiresAt, revoked);
        ((IOperatorKeyGrain)GetGrain(typeof(IOperatorKeyGrain), $"operators/{key.KeyId}")).GetAsync(Arg.Any<CancellationToken>()).Returns(view);
        if (project != "*" && Behind is null && !_grains.ContainsKey((typeof(IProjectGrain), $"{project}/{IProjectGrain.Key}")))
            MakeProject(project);

        return key;
    }

    /// <summary>Makes the key's grain answer something else from now on.</summary>
    public void Change(ApiKey key, Func<OperatorKeyView, OperatorKeyView> change)
    {
        var grain = GetGrain<IOperatorKeyGrain>($"operators/{key.KeyId}");
        var view = grain.GetAsync(CancellationToken.None).Result!;
        grain.GetAsync(Arg.Any<CancellationToken>()).Returns(change(view));
    }

    private object Make(Type type)
    {
        if (type == typeof(IIdempotencyGrain))
            return new StubIdempotencyGrain();

        var grain = Substitute.For([type], []);
        if (grain is IOperatorKeyGrain keys)
            keys.GetAsync(Arg.Any<CancellationToken>()).Returns((OperatorKeyView?)null);
        if (grain is IProjectGrain projects)
            projects.GetAsync(Arg.Any<CancellationToken>()).Returns((ProjectView?)null);

        OnMade?.Invoke(grain);
        return grain;
    }
}
