using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Messages;

namespace AwoooP.Grains.Tests.Messages;

/// <summary>Whatever a grain interface takes or answers can go to another process and comes back as it was.</summary>
public sealed class GrainMessagesTests
{
    public static TheoryData<Type> Grains => [.. MessageTypes.Interfaces];

    public static TheoryData<Type> Types => [.. MessageTypes.All];

    [Theory]
    [MemberData(nameof(Grains))]
    public void Methods_OfAGrain_AreCovered(Type grain)
    {
        foreach (var method in MessageTypes.Methods(grain))
        {
            foreach (var type in MessageTypes.Of(method))
            {
                GrainMessages.Resolver.GetTypeInfo(type, GrainMessages.Options).ShouldNotBeNull(
                    $"{grain.Name}.{method.Name} cannot be called from another process: give the ...Messages context of its capability a [JsonSerializable(typeof({type}))].");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_WithEverythingFilledIn_ComesBackAsItWas(Type type) => ComesBack(type, new MessageSamples(isFull: true).Of(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_WithNothingFilledIn_ComesBackAsItWas(Type type) => ComesBack(type, new MessageSamples(isFull: false).Of(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_WithMembersOfANewerSilo_IsRead(Type type)
    {
        var sample = new MessageSamples(isFull: true).Of(type);
        if (JsonNode.Parse(JsonSerializer.Serialize(sample, type, GrainMessages.Options)) is not JsonObject json || sample is IReadOnlyDictionary<string, string>)
            return;
        json["added_by_a_newer_silo"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };

        json.Deserialize(type, GrainMessages.Options).ShouldBeAlike(sample);
    }

    [Fact]
    public void Options_AreThoseOfEveryContext_SoThatTheGeneratedWritersRun()
    {
        var contexts = typeof(GrainMessages).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(JsonSerializerContext)) && type.Name.EndsWith("Messages", StringComparison.Ordinal))
            .Select(static type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!)
            .ToList();

        contexts.Count.ShouldBe(19);
        foreach (var options in contexts.Select(static context => context.Options).Append(GrainMessages.Options))
        {
            options.PropertyNamingPolicy.ShouldBe(JsonNamingPolicy.SnakeCaseLower);
            options.DefaultIgnoreCondition.ShouldBe(JsonIgnoreCondition.WhenWritingNull);
            options.AllowOutOfOrderMetadataProperties.ShouldBeTrue();
            options.UnmappedMemberHandling.ShouldBe(JsonUnmappedMemberHandling.Skip);
            options.Converters.ShouldBeEmpty("with any, no generated writer is used");
            options.Encoder.ShouldBeNull("with one, no generated writer is used");
        }
    }

    [Fact]
    public void Types_UnknownToTheContexts_AreNotLookedAtByReflection()
    {
        GrainMessages.Resolver.GetTypeInfo(typeof(Uri), GrainMessages.Options).ShouldBeNull();
        Should.Throw<NotSupportedException>(() => GrainMessages.Options.GetTypeInfo(typeof(Uri)));
    }

    [Fact]
    public void Refusal_IsWrittenByName() =>
        JsonSerializer.Serialize(CommandResult.Refuse(3, new Refusal(RefusalKind.Stale, "stale", "It moved on.")), typeof(CommandResult), GrainMessages.Options)
            .ShouldBe("""{"version":3,"refusal":{"kind":"Stale","code":"stale","message":"It moved on."}}""");

    [Fact]
    public void Faults_AreMadeAnewWithTypeAndMessage()
    {
        foreach (var fault in GrainMessages.Faults)
        {
            var made = fault.Create("It did not work.");

            made.ShouldBeOfType(fault.Type);
            made.Message.ShouldBe("It did not work.");
        }

        GrainMessages.Faults.Select(static fault => fault.Code).ShouldBeUnique();
        GrainMessages.Faults.Select(static fault => fault.Type).ShouldBe(
            typeof(CallContextException).Assembly.GetTypes()
                .Where(static type => type.Namespace == typeof(CallContextException).Namespace && type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract),
            ignoreOrder: true);
    }

    private static void ComesBack(Type type, object sample)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(sample, type, GrainMessages.Options);

        JsonSerializer.Deserialize(json, type, GrainMessages.Options).ShouldBeAlike(sample);
        JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(json, type, GrainMessages.Options), type, GrainMessages.Options).ShouldBe(json);
    }
}
