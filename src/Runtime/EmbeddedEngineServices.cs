using System.Reflection;
using AwoooP.Journal.Reports;
using AwoooP.Runtime.CodeGeneration;
using AwoooP.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime;

public static class EmbeddedEngineServices
{
    /// <summary>
    /// Hosts grains in this process and offers <see cref="IGrainFactory"/>, <see cref="IClusterClient"/> and
    /// <see cref="IActivationControl"/>. Register it after what the grains need while they are stopped, and before what
    /// calls them: hosted services stop in reverse.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EngineOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>());
        services.TryAddSingleton<EngineDiagnostics>();
        services.TryAddSingleton<EmbeddedEngine>();
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton<IActivationControl>(static provider => provider.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton<IGrainFigures, GrainLoad>();
        services.AddHostedService<EngineLifetime>();
        return services;
    }

    /// <summary>Registers the grain classes of an assembly, and the grain interfaces that they answer wherever these are declared.</summary>
    /// <exception cref="ArgumentException">The assembly has no grains: the generator did not run over it.</exception>
    public static IServiceCollection AddGrains(this IServiceCollection services, Assembly assembly)
    {
        var module = Module(assembly) ?? throw new ArgumentException($"{assembly.GetName().Name} has no generated grain module.", nameof(assembly));
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IGrainModule), module.GetType()));
        var declaring = module.Classes.SelectMany(static grain => grain.Interfaces).Select(static grain => grain.Assembly).Distinct();
        foreach (var interfaces in declaring.Where(declared => declared != assembly).Select(Module).OfType<IGrainModule>())
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IGrainModule), interfaces.GetType()));
        return services;
    }

    // Once, at start; no call ever reflects.
    private static IGrainModule? Module(Assembly assembly) =>
        assembly.GetCustomAttribute<GrainModuleAttribute>() is { } attribute ? (IGrainModule?)Activator.CreateInstance(attribute.Module) : null;
}
