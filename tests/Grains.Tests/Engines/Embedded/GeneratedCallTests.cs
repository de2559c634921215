using System.Buffers;
using System.Reflection;
using System.Text.Json;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Messages;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Grains.Tests.Messages;

/// <summary>The calls that the embedded engine's generator made of the platform's grain interfaces, on their way through bytes.</summary>
public sealed class GeneratedCallTests
{
    private static readonly IReadOnlyList<GrainInterface> Interfaces = ((IGrainModule)Activator.CreateInstance(
        typeof(IAggregateGrain).Assembly.GetCustomAttribute<GrainModuleAttribute>()!.Module)!).Interfaces;

    public static TheoryData<Type> Grains => [.. MessageTypes.Interfaces];

    [Theory]
    [MemberData(nameof(Grains))]
    public void Call_OfEveryMethod_ComesBackAsItWas(Type grain)
    {
        var declared = Interfaces.Single(candidate => candidate.Interface == grain);
        var methods = MessageTypes.Methods(grain).ToList();
        declared.Methods.Select(static method => method.Name).ShouldBe(methods.Select(static method => method.Name), ignoreOrder: true);

        foreach (var method in methods)
        {
            var id = declared.Methods.Single(candidate => candidate.ToString() == $"{method.DeclaringType}.{method.Name}").Id;
            var sent = declared.CreateCall(id)!;
            var samples = new MessageSamples(isFull: true);
            object[] arguments = [.. method.GetParameters()
                .Where(static parameter => parameter.ParameterType != typeof(CancellationToken))
                .Select(parameter => samples.Of(parameter.ParameterType))];
            for (var index = 0; index < arguments.Length; index++)
                sent.SetArgument(index, arguments[index]);

            var received = declared.CreateCall(id)!;
            Read(received, Write(sent));

            received.GetArgumentCount().ShouldBe(arguments.Length);
            for (var index = 0; index < arguments.Length; index++)
                received.GetArgument(index).ShouldBeAlike(arguments[index], $"{grain.Name}.{method.Name}[{index}]");
        }
    }

    private static byte[] Write(GrainCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        GrainArguments.WriteAll(writer, GrainMessages.Options, call);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Read(GrainCall call, byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        GrainArguments.ReadAll(ref reader, GrainMessages.Options, call);
    }
}
