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
}
