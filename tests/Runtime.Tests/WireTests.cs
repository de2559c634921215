using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Tests;

/// <summary>What calls between silos will stand on: a method's id leads to a call that can be filled and invoked.</summary>
public sealed class WireTests
{
    private static readonly GrainInterface Declared = ((IGrainModule)Activator.CreateInstance(
            typeof(WireTests).Assembly.GetCustomAttributes(typeof(GrainModuleAttribute), false).Cast<GrainModuleAttribute>().Single().Module)!)
        .Interfaces.Single(static grain => grain.Interface == typeof(IScriptGrain));

    [Fact]
    public async Task Call_MadeFromItsId_TakesArgumentsAndInvokes()
    {
        var sent = new Capturing();
        await ((IScriptGrain)(object)Declared.CreateReference(sent, "p/a")).AddAsync(1, 2);
        await using var silo = new TestSilo();

        var call = Declared.CreateCall(sent.Last!.Method.Id).ShouldBeAssignableTo<GrainFunction<int>>()!;
        call.SetArgument(0, 20);
        call.SetArgument(1, 22);

        sent.Last.GetArgument(1).ShouldBe(2);
        (await call.InvokeAsync(silo.Grain("p/a"), CancellationToken.None)).ShouldBe(42);
        Should.Throw<ArgumentOutOfRangeException>(() => call.SetArgument(2, 0));
        Should.Throw<InvalidCastException>(() => call.SetArgument(0, "twenty"));
    }

    [Fact]
    public void Call_OfAnUnknownId_IsNone() => Declared.CreateCall(0).ShouldBeNull();

    private sealed class Capturing() : GrainBinding("script")
    {
        public GrainCall? Last { get; private set; }

        public override Task InvokeAsync(GrainReference reference, GrainAction call, CancellationToken cancellationToken)
        {
            Last = call;
            return Task.CompletedTask;
        }

        public override Task<TResult> InvokeAsync<TResult>(
            GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken)
        {
            Last = call;
            return Task.FromResult(default(TResult)!);
        }
    }
}
