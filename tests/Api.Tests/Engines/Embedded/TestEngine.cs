using System.Reflection;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Engines;

/// <summary>The embedded engine over a journal.</summary>
internal static class TestEngine
{
    public static Exception Overload { get; } = new OverloadedException("incident/awoooi/x is overloaded: 10000 calls wait for it.");

    public static void AddTo(IServiceCollection services, Assembly grains) => services.AddEmbeddedEngine().AddGrains(grains);

    /// <summary>A silo alone needs no address.</summary>
    public static void ApplyTo(JournalOptions journal)
    {
    }
}
