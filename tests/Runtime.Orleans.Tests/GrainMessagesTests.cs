using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class GrainMessagesTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(static serializer => serializer.AddGrainMessages(GrainMessages.Options)).BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Message_OverTheWire_ComesAsItWent()
    {
        var call = new CallContext { ProjectId = "awoooi", Actor = "agent:1", CommandId = Guid.Empty, Depth = 3 };

        RoundTrip<object>(call).ShouldBe(call);
    }

    [Fact]
    public void Message_WithinTheProcess_IsPassedOnAsItIs()
    {
        var call = new CallContext { ProjectId = "awoooi", Actor = "agent:1" };

        _services.GetRequiredService<DeepCopier>().Copy(call).ShouldBeSameAs(call);
    }

    public static TheoryData<Exception> Faults() => [.. GrainMessages.Faults.Select(static fault => fault.Create("what it says")), new LeaseLostException(GrainId.Create("run", "a/1"))];

    [Theory]
    [MemberData(nameof(Faults))]
    public void PromisedFault_OverTheWire_KeepsTypeAndMessage(Exception fault)
    {
        var came = RoundTrip(fault);

        came.ShouldBeOfType(fault.GetType());
        came.Message.ShouldBe(fault.Message);
    }

    [Fact]
    public void FaultOfAnotherLibrary_BehindOneOfOurs_IsToldByNameAndMessage()
    {
        var came = RoundTrip<Exception>(new JournalUnavailableException("The journal cannot be read.", new NpgsqlException("the stream ended", new TimeoutException())));

        came.ShouldBeOfType<JournalUnavailableException>();
        came.InnerException.ShouldNotBeNull().Message.ShouldBe("Npgsql.NpgsqlException: the stream ended");
    }

    [Fact]
    public void FaultOfAnotherLibrary_WithinTheProcess_StaysWhatItIs()
    {
        var fault = new NpgsqlException("the stream ended");

        _services.GetRequiredService<DeepCopier>().Copy<Exception>(fault).ShouldBeSameAs(fault);
    }

    private T RoundTrip<T>(T value) where T : class
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value)).ShouldNotBeNull();
    }
}
