using AwoooP.Aggregates;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;

namespace AwoooP.Grains.Tests.Engines;

/// <summary>What Orleans calls the grain classes. A grain is placed by its type's name, and its events by its aggregate's: they must be the same.</summary>
public sealed class GrainTypeTests
{
    public static TheoryData<Type> Classes() => [.. typeof(AggregateServices).Assembly.GetTypes()
        .Where(static type => type is { IsClass: true, IsAbstract: false, BaseType: { IsGenericType: true } shell } && shell.GetGenericTypeDefinition() == typeof(AggregateGrain<,>))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void GrainType_OfEveryAggregate_IsTheAggregatesName(Type grainClass)
    {
        var services = new ServiceCollection();
        TestEngine.AddTo(services, grainClass.Assembly);
        using var provider = services.BuildServiceProvider();

        var name = provider.GetRequiredService<GrainTypeResolver>().GetGrainType(grainClass).ToString();

        name.ShouldBe((string)grainClass.BaseType!.GetGenericArguments()[0].GetProperty("AggregateType")!.GetValue(null)!);
    }
}
