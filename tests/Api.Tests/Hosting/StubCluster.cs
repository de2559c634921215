using System.Collections.Concurrent;
using AwoooP.Client.Auth;
using AwoooP.Idempotency;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>A cluster whose grains are substitutes, for what the front itself decides.</summary>
public sealed partial class StubCluster : IClusterClient
{
    private readonly ConcurrentDictionary<(Type, string), object> _grains = new();

    public TGrain GetGrain<TGrain>(string primaryKey, string? grainClassNamePrefix = null) where TGrain : IGrainWithStringKey =>
        (TGrain)GetGrain(typeof(TGrain), primaryKey);

    public IGrain GetGrain(Type grainInterfaceType, string primaryKey) =>
        (IGrain)_grains.GetOrAdd((grainInterfaceType, primaryKey), static pair => Make(pair.Item1));

    /// <summary>Puts a grain of the test's own in the place of a substitute.</summary>
    public void Put<TGrain>(string primaryKey, TGrain grain) where TGrain : IGrainWithStringKey => _grains[(typeof(TGrain), primaryKey)] = grain;

    /// <summary>Makes a key known, as its grain would.</summary>
    public ApiKey Issue(string operatorId, OperatorRole role, string project = "awoooi", bool revoked = false, DateTimeOffset? expiresAt = null)
    {
        var key = ApiKey.Create();
        var view = new OperatorKeyView(
            1, key.KeyId, operatorId, key.SecretSha256, new Dictionary<string, OperatorRole> { [project] = role }, project == "*" ? "awoooi" : project, expiresAt, revoked);
        GetGrain<IOperatorKeyGrain>($"operators/{key.KeyId}").GetAsync(Arg.Any<CancellationToken>()).Returns(view);
        return key;
    }

    private static object Make(Type type)
    {
        if (type == typeof(IIdempotencyGrain))
            return new StubIdempotencyGrain();

        var grain = Substitute.For([type], []);
        if (grain is IOperatorKeyGrain keys)
            keys.GetAsync(Arg.Any<CancellationToken>()).Returns((OperatorKeyView?)null);

        return grain;
    }
}
