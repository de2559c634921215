using System.Collections.Frozen;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Hosting;

/// <summary>Which grain interfaces there are, and which classes answer them.</summary>
internal sealed class GrainCatalog
{
    private readonly FrozenDictionary<Type, Entry> _entries;
    private readonly FrozenDictionary<uint, GrainHost> _hostsByWireName;
    private readonly FrozenDictionary<uint, GrainInterface> _interfacesByWireName;

    public GrainCatalog(IEnumerable<IGrainModule> modules, Func<GrainClass, GrainHost> createHost)
    {
        var all = modules.ToList();
        var hosts = all.SelectMany(static module => module.Classes)
            .Select(grainClass => (Class: grainClass, Host: createHost(grainClass)))
            .ToList();
        if (hosts.GroupBy(static hosted => hosted.Class.GrainType).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Several grain classes are of the type '{twice.Key}': {Names(twice.Select(static hosted => hosted.Host))}.");

        Hosts = [.. hosts.Select(static hosted => hosted.Host)];
        _hostsByWireName = ByWireName(Hosts, static host => host.GrainType);
        _interfacesByWireName = ByWireName(
            all.SelectMany(static module => module.Interfaces).DistinctBy(static grain => grain.Interface), static grain => grain.Interface.FullName!);
        _entries = all.SelectMany(static module => module.Interfaces)
            .DistinctBy(static grain => grain.Interface)
            .ToFrozenDictionary(static grain => grain.Interface, grain => new Entry(
                grain, [.. hosts.Where(hosted => hosted.Class.Interfaces.Contains(grain.Interface)).Select(static hosted => hosted.Host)]));
    }

    public IReadOnlyList<GrainHost> Hosts { get; }

    /// <summary>Null when this version has no such grain type.</summary>
    public string? GrainTypeOf(uint wireName) => _hostsByWireName.GetValueOrDefault(wireName)?.GrainType;

    /// <summary>What a call on the wire names.</summary>
    /// <exception cref="UnknownGrainMethodException">This version has no such grain type, interface or method.</exception>
    public (GrainReference Reference, GrainCall Call) Resolve(uint grainType, uint grainInterface, uint method, string key)
    {
        if (!_hostsByWireName.TryGetValue(grainType, out var host))
            throw new UnknownGrainMethodException($"This silo has no grain type {grainType:x8}.");
        if (!_interfacesByWireName.TryGetValue(grainInterface, out var known) || !host.Class.IsAssignableTo(known.Interface))
            throw new UnknownGrainMethodException($"Grain type '{host.GrainType}' of this silo has no interface {grainInterface:x8}.");
        var call = known.CreateCall(method)
            ?? throw new UnknownGrainMethodException($"{known.Interface.FullName} of this silo has no method {method:x8}.");
        return (known.CreateReference(host, key), call);
    }

    /// <inheritdoc cref="IGrainFactory.GetGrain{TGrain}(string, string)"/>
    public GrainReference CreateReference(Type grainInterface, string key, string? classNamePrefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!_entries.TryGetValue(grainInterface, out var entry))
            throw new ArgumentException($"{grainInterface} is no grain interface of a registered assembly.", nameof(grainInterface));
        var host = entry.Hosts.Length == 1 && classNamePrefix is null
            ? entry.Hosts[0]
            : Choose(grainInterface, entry.Hosts, classNamePrefix);
        return entry.Declaration.CreateReference(host, key);
    }

    private static FrozenDictionary<uint, TValue> ByWireName<TValue>(IEnumerable<TValue> values, Func<TValue, string> name)
    {
        var groups = values.GroupBy(value => WireName.Of(name(value))).ToList();
        return groups.FirstOrDefault(static same => same.Count() > 1) is { } alike
            ? throw new ArgumentException($"These names are the same on the wire; rename one: {string.Join(", ", alike.Select(name))}.")
            : groups.ToFrozenDictionary(static group => group.Key, static group => group.Single());
    }

    private static GrainHost Choose(Type grainInterface, GrainHost[] hosts, string? classNamePrefix)
    {
        var matching = classNamePrefix is null
            ? hosts
            : [.. hosts.Where(host => host.Class.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))];
        return matching.Length switch
        {
            1 => matching[0],
            0 => throw new ArgumentException($"No registered grain class answers {grainInterface} (class name prefix: '{classNamePrefix}')."),
            _ => throw new ArgumentException($"Several grain classes answer {grainInterface}, and no class name prefix chooses one: {Names(matching)}."),
        };
    }

    private static string Names(IEnumerable<GrainHost> hosts) => string.Join(", ", hosts.Select(static host => host.Class.FullName));

    private sealed record Entry(GrainInterface Declaration, GrainHost[] Hosts);
}
