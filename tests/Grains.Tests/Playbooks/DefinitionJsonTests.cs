using System.Text.Json;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Playbooks;

public sealed class DefinitionJsonTests
{
    [Fact]
    public void Deserialize_GivenLeastDefinition_FillsInTheDefaults()
    {
        const string Json =
            """{"name":"n","match":{"alert_names":["A"]},"action_pattern":"a","steps":[{"kind":"command","name":"s","program":"p"},{"kind":"verify","name":"v","url":"http://x"}]}""";

        var definition = JsonSerializer.Deserialize(Json, PlaybookJson.Default.PlaybookDefinition)!;

        PlaybookValidation.Check(definition).ShouldBeNull();
        definition.Steps[0].TimeoutSeconds.ShouldBe(60);
        definition.Autonomy.ShouldBe(AutonomyLevel.L3);
    }

    [Fact]
    public void Deserialize_GivenModelStep_KeepsItsFallbackThroughARoundTrip()
    {
        const string Json =
            """{"name":"n","match":{"alert_names":["A"]},"action_pattern":"a","steps":[{"kind":"model","name":"s","agent":"triage","prompt":"Why?","fallback":{"cause":["a",1,null]}}]}""";

        var definition = JsonSerializer.Deserialize(Json, PlaybookJson.Default.PlaybookDefinition)!;
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(definition, PlaybookJson.Default.PlaybookDefinition), PlaybookJson.Default.PlaybookDefinition)!;

        PlaybookValidation.Check(again).ShouldBeNull();
        ((ModelStep)again.Steps[0]).Fallback.GetRawText().ShouldBe("""{"cause":["a",1,null]}""");
    }

    [Fact]
    public void Deserialize_GivenModelStepWithoutFallback_IsRefused() => Should.Throw<JsonException>(() => JsonSerializer.Deserialize(
        """{"name":"n","match":{"alert_names":["A"]},"action_pattern":"a","steps":[{"kind":"model","name":"s","agent":"triage","prompt":"Why?"}]}""",
        PlaybookJson.Default.PlaybookDefinition));
}
