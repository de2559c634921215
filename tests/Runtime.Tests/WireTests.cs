using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Tests;

/// <summary>What calls between silos stand on: a method's id leads to a call that is filled from bytes, and invoked.</summary>
public sealed class WireTests
{
    private static readonly IReadOnlyList<GrainInterface> Interfaces = ((IGrainModule)Activator.CreateInstance(
            typeof(WireTests).Assembly.GetCustomAttributes(typeof(GrainModuleAttribute), false).Cast<GrainModuleAttribute>().Single().Module)!)
        .Interfaces;

    private static readonly GrainInterface Scripted = Interfaces.Single(static grain => grain.Interface == typeof(IScriptGrain));
    private static readonly GrainInterface Messages = Interfaces.Single(static grain => grain.Interface == typeof(IMessageGrain));

    private static readonly Parcel Ring = new("ring", null, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(8)));

    private readonly Capturing _sent = new();

    public static TheoryData<string, Func<IMessageGrain, Task>> Calls => new()
    {
        { "[]", static grain => grain.NothingAsync() },
        { "[null,-1,true]", static grain => grain.CountAsync(null, -1, true, CancellationToken.None).AsTask() },
        { "[7,9223372036854775807,false]", static grain => grain.CountAsync(7, long.MaxValue, false, CancellationToken.None).AsTask() },
        { """[null,""]""", static grain => grain.TextAsync(null, "") },
        { """["a\"b","狗"]""", static grain => grain.TextAsync("a\"b", "狗") },
        { "[[],[],{}]", static grain => grain.ManyAsync([], [], new Dictionary<string, Parcel>()) },
        {
            """[["00000000-0000-0000-0000-000000000000"],[null,{"name":"ring","at":"2026-03-01T12:00:00+08:00"}],{"a":{"name":"hat","weight":3,"at":"2026-03-01T12:00:00+08:00","stamps":["x","y"]}}]""",
            static grain => grain.ManyAsync(
                [Guid.Empty], [null, Ring], new Dictionary<string, Parcel> { ["a"] = Ring with { Name = "hat", Weight = 3, Stamps = ["x", "y"] } })
        },
        { """["2026-03-01T12:00:00+08:00"]""", static grain => grain.TellAsync(Ring.At) },
        { "[null]", static grain => grain.ForwardAsync(null, CancellationToken.None) },
        { """[{"name":"ring","at":"2026-03-01T12:00:00+08:00"}]""", static grain => grain.ForwardAsync(Ring, CancellationToken.None) },
    };

    [Fact]
    public async Task Call_WithoutArguments_IsOneForAll()
    {
        var grain = (IMessageGrain)(object)Messages.CreateReference(_sent, "p/a");
        await grain.NothingAsync();
        var nothing = _sent.Last;
        await grain.NothingAsync();
        _sent.Last.ShouldBeSameAs(nothing);
        Messages.CreateCall(nothing.Method.Id).ShouldBeSameAs(nothing);

        await grain.TellAsync(Ring.At);
        var told = _sent.Last;
        await grain.TellAsync(Ring.At);
        _sent.Last.ShouldNotBeSameAs(told);
        Messages.CreateCall(told.Method.Id).ShouldNotBeSameAs(told);
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Arguments_OfAnyShape_ComeBackAsTheyWere(string json, Func<IMessageGrain, Task> send)
    {
        await send((IMessageGrain)(object)Messages.CreateReference(_sent, "p/a"));
        Write(_sent.Last).ShouldBe(json);

        var received = Messages.CreateCall(_sent.Last.Method.Id).ShouldNotBeNull();
        Read(received, json);

        received.Method.ShouldBeSameAs(_sent.Last.Method);
        Write(received).ShouldBe(json);
    }

    [Theory]
    [InlineData("[7,1]")]
    [InlineData("[7,1,true,1]")]
    [InlineData("[\"seven\",1,true]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("[7,")]
    public async Task Arguments_OfAnotherShape_AreRefused(string json)
    {
        await ((IMessageGrain)(object)Messages.CreateReference(_sent, "p/a")).CountAsync(7, 1, true, CancellationToken.None);

        Should.Throw<JsonException>(() => Read(Messages.CreateCall(_sent.Last.Method.Id)!, json));
    }

    [Fact]
    public async Task Arguments_OfAnUnknownType_AreRefused()
    {
        await ((IScriptGrain)(object)Scripted.CreateReference(_sent, "p/a")).RunAsync(static (_, _) => Task.CompletedTask, CancellationToken.None);

        Should.Throw<NotSupportedException>(() => Write(_sent.Last));
    }

    /// <summary>What a call costs on its way is what its texts and objects cost, and nothing for numbers and the like.</summary>
    [Fact]
    public void Arguments_ThatAreValues_AreWrittenAndReadWithoutAnObject()
    {
        const int Calls = 1000;
        var call = Messages.CreateCall(Messages.Methods.Single(static method => method.Name == nameof(IMessageGrain.CountAsync)).Id)!;
        call.SetArgument(0, 7);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        GoAround();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < Calls; count++)
            GoAround();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Calls, "bytes, so that what happens once is allowed");

        void GoAround()
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            GrainArguments.WriteAll(writer, MessageJson.Default.Options, call);
            writer.Flush();
            var reader = new Utf8JsonReader(buffer.WrittenSpan);
            GrainArguments.ReadAll(ref reader, MessageJson.Default.Options, call);
        }
    }

    [Fact]
    public async Task Call_MadeFromItsId_TakesArgumentsAndInvokes()
    {
        await ((IScriptGrain)(object)Scripted.CreateReference(_sent, "p/a")).AddAsync(1, 2);
        await using var silo = new TestSilo();

        var call = Scripted.CreateCall(_sent.Last.Method.Id).ShouldBeAssignableTo<GrainFunction<int>>()!;
        call.SetArgument(0, 20);
        call.SetArgument(1, 22);

        _sent.Last.GetArgument(1).ShouldBe(2);
        (await call.InvokeAsync(silo.Grain("p/a"), CancellationToken.None)).ShouldBe(42);
        Should.Throw<ArgumentOutOfRangeException>(() => call.SetArgument(2, 0));
        Should.Throw<InvalidCastException>(() => call.SetArgument(0, "twenty"));
    }

    [Fact]
    public void Call_OfAnUnknownId_IsNone() => Scripted.CreateCall(0).ShouldBeNull();

    [Fact]
    public void Methods_AreThoseOfTheInterfaceAndItsBases()
    {
        Messages.Methods.Select(static method => method.ToString()).ShouldBe(
        [
            "AwoooP.Runtime.Tests.IMessageGrain.NothingAsync",
            "AwoooP.Runtime.Tests.IMessageGrain.CountAsync",
            "AwoooP.Runtime.Tests.IMessageGrain.TextAsync",
            "AwoooP.Runtime.Tests.IMessageGrain.ManyAsync",
            "AwoooP.Runtime.Tests.IMessageGrain.TellAsync",
            "AwoooP.Runtime.Tests.IMessageBaseGrain.ForwardAsync",
        ]);
        Messages.Methods.ShouldAllBe(static method => Messages.CreateCall(method.Id)!.Method == method);
        Interfaces.Single(static grain => grain.Interface == typeof(IMessageBaseGrain)).Methods.Single().Id.ShouldBe(Messages.Methods[^1].Id);
    }

    [Fact]
    public void Call_WhoseAnswerIsNotKnown_IsHandedOverWithItsType()
    {
        var visitor = new Answers();
        foreach (var method in Messages.Methods)
            Messages.CreateCall(method.Id)!.Accept(visitor);

        visitor.Types.ShouldBe([null, typeof(int?), typeof(string), typeof(Guid[]), null, typeof(Parcel)]);
    }

    private static string Write(GrainCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        GrainArguments.WriteAll(writer, MessageJson.Default.Options, call);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Read(GrainCall call, string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        GrainArguments.ReadAll(ref reader, MessageJson.Default.Options, call);
        reader.TokenType.ShouldBe(JsonTokenType.EndArray);
        reader.BytesConsumed.ShouldBe(Encoding.UTF8.GetByteCount(json));
    }

    private sealed class Answers : IGrainCallVisitor
    {
        public List<Type?> Types { get; } = [];

        public void Visit(GrainAction call) => Types.Add(null);

        public void Visit<TResult>(GrainFunction<TResult> call) => Types.Add(typeof(TResult));
    }

    private sealed class Capturing() : GrainBinding("script")
    {
        private GrainCall? _last;

        public GrainCall Last => _last.ShouldNotBeNull();

        public override Task InvokeAsync(GrainReference reference, GrainAction call, CancellationToken cancellationToken)
        {
            _last = call;
            return Task.CompletedTask;
        }

        public override Task<TResult> InvokeAsync<TResult>(
            GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken)
        {
            _last = call;
            return Task.FromResult(default(TResult)!);
        }
    }
}
