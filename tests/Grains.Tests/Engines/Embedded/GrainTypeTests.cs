using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Grains.Tests.Messages;

/// <summary>What the embedded engine's generator made of the grain classes. A grain is placed by its type's name, and its events by its aggregate's: they must be the same. Stateless workers have no events.</summary>
public sealed class GrainTypeTests
{
    public static TheoryData<string, Type> Classes()
    {
        var declared = typeof(AggregateServices).Assembly.GetCustomAttributes(typeof(GrainModuleAttribute), false).Cast<GrainModuleAttribute>().Single();
        var classes = new TheoryData<string, Type>();
        foreach (var grain in ((IGrainModule)Activator.CreateInstance(declared.Module)!).Classes.Where(static grain => grain.MaxLocalWorkers is null))
            classes.Add(grain.GrainType, grain.Class);
        return classes;
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void GrainType_OfEveryAggregate_IsTheAggregatesName(string grainType, Type grainClass)
    {
        var state = grainClass.BaseType!.GetGenericArguments()[0];

        grainType.ShouldBe((string)state.GetProperty("AggregateType")!.GetValue(null)!);
        AggregateTypes.All.ShouldContain(grainType);
    }

    [Fact]
    public void GrainType_OfEveryName_HasAClass() =>
        Classes().Select(static grain => (string)grain[0]).ShouldBe(AggregateTypes.All, ignoreOrder: true);
}
