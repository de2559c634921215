using AwoooP.Runtime.Generators.Model;

namespace AwoooP.Runtime.Generators.Emission;

/// <summary>Writes the list of an assembly's grain interfaces and classes, from which the engine starts.</summary>
internal static class ModuleEmitter
{
    private const string Engine = "global::AwoooP.Runtime.CodeGeneration.";

    public static string Emit(IEnumerable<InterfaceModel> interfaces, IEnumerable<ClassModel> classes, string generatedNamespace)
    {
        var code = new CodeWriter();
        code.Line($"[assembly: {Engine}GrainModule(typeof(global::{generatedNamespace}.GrainModule))]");
        code.Line();
        code.Line($"namespace {generatedNamespace};");
        code.Line();
        code.Open($"internal sealed class GrainModule : {Engine}IGrainModule");
        code.Open($"public global::System.Collections.Generic.IReadOnlyList<{Engine}GrainInterface> Interfaces {{ get; }} = new {Engine}GrainInterface[]");
        foreach (var grain in interfaces)
            code.Line($"new(typeof(global::{grain.FullName}), static (binding, key) => new {grain.ReferenceName}(binding, key), {grain.ReferenceName}.CreateCall, {grain.ReferenceName}.Methods),");
        code.Close("};");
        code.Line();
        code.Open($"public global::System.Collections.Generic.IReadOnlyList<{Engine}GrainClass> Classes {{ get; }} = new {Engine}GrainClass[]");
        foreach (var grain in classes)
        {
            var answered = string.Join(", ", grain.Interfaces.Select(static name => $"typeof({name})"));
            code.Line($"new(\"{grain.GrainType}\", typeof(global::{grain.FullName}), new global::System.Type[] {{ {answered} }}, {grain.MaxLocalWorkers?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}),");
        }

        code.Close("};");
        code.Close();
        return code.ToString();
    }
}
