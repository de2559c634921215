using AwoooP.Runtime.Generators.Model;

namespace AwoooP.Runtime.Generators.Emission;

/// <summary>Writes the reference of an interface: the class that callers hold, and in it one class a method that carries a call.</summary>
internal static class ReferenceEmitter
{
    private const string Engine = "global::AwoooP.Runtime.CodeGeneration.";
    private const string Json = "global::System.Text.Json.";
    private const string Token = "global::System.Threading.CancellationToken";

    public static string Emit(InterfaceModel grain, string generatedNamespace)
    {
        var code = new CodeWriter();
        code.Line($"namespace {generatedNamespace};");
        code.Line();
        code.Open($"internal sealed class {grain.ReferenceName}({Engine}GrainBinding binding, string key) : {Engine}GrainReference(binding, key), global::{grain.FullName}");
        EmitFactory(code, grain);
        for (var index = 0; index < grain.Methods.Count; index++)
            EmitMethod(code, grain.Methods[index], index);
        for (var index = 0; index < grain.Methods.Count; index++)
            EmitCall(code, grain.Methods[index], index);
        code.Close();
        return code.ToString();
    }

    private static void EmitFactory(CodeWriter code, InterfaceModel grain)
    {
        code.Open($"public static {Engine}GrainCall? CreateCall(uint method) => method switch");
        for (var index = 0; index < grain.Methods.Count; index++)
            code.Line($"{grain.Methods[index].Id}u => {NewCall(grain.Methods[index], index)},");
        code.Line("_ => null,");
        code.Close("};");
        code.Line();
        code.Open($"public static {Engine}GrainMethod[] Methods {{ get; }} = new {Engine}GrainMethod[]");
        for (var index = 0; index < grain.Methods.Count; index++)
            code.Line($"Call{index}.Descriptor,");
        code.Close("};");
    }

    // Explicit, so that two base interfaces may have a method of the same signature.
    private static void EmitMethod(CodeWriter code, MethodModel method, int index)
    {
        var parameters = method.Parameters.Select(static (type, position) => $"{type} a{position}").ToList();
        if (method.TakesCancellation)
            parameters.Add($"{Token} token");
        var arguments = string.Join(", ", method.Parameters.Select(static (_, position) => $"A{position} = a{position}"));
        var call = method.Parameters.Count == 0 ? NewCall(method, index) : $"new Call{index} {{ {arguments} }}";
        var token = method.TakesCancellation ? "token" : "default";
        var invocation = $"InvokeAsync({call}, {token})";

        code.Line();
        code.Line($"{method.ReturnType} {method.DeclaringInterface}.{method.Name}({string.Join(", ", parameters)}) =>");
        code.Line(method.ReturnsValueTask ? $"    new({invocation});" : $"    {invocation};");
    }

    private static void EmitCall(CodeWriter code, MethodModel method, int index)
    {
        var kind = method.Result is null ? "GrainAction" : $"GrainFunction<{method.Result}>";
        code.Line();
        code.Open($"private sealed class Call{index}() : {Engine}{kind}(Descriptor)");
        code.Line($"public static readonly {Engine}GrainMethod Descriptor = new({Literal(method.DeclaringInterface)}, {Literal(method.Name)}, {method.Id}u, {Traits(method)});");
        if (method.Parameters.Count == 0)
            code.Line($"public static readonly Call{index} Only = new();");
        for (var position = 0; position < method.Parameters.Count; position++)
            code.Line($"public {method.Parameters[position]} A{position} = default!;");
        EmitInvocation(code, method);
        if (method.Parameters.Count > 0)
        {
            EmitArguments(code, method);
            EmitSerialization(code, method);
        }

        code.Close();
    }

    private static void EmitInvocation(CodeWriter code, MethodModel method)
    {
        var arguments = method.Parameters.Select(static (_, position) => $"A{position}").ToList();
        if (method.TakesCancellation)
            arguments.Add("token");
        var invocation = $"(({method.DeclaringInterface})grain).{method.Name}({string.Join(", ", arguments)})";
        var result = method.Result is null ? "" : $"<{method.Result}>";

        code.Line();
        code.Line($"public override global::System.Threading.Tasks.ValueTask{result} InvokeAsync(object grain, {Token} token) =>");
        code.Line(method.ReturnsValueTask ? $"    {invocation};" : $"    new({invocation});");
    }

    private static void EmitArguments(CodeWriter code, MethodModel method)
    {
        code.Line();
        code.Line($"public override int GetArgumentCount() => {method.Parameters.Count};");
        code.Line();
        code.Open("public override object? GetArgument(int index) => index switch");
        for (var position = 0; position < method.Parameters.Count; position++)
            code.Line($"{position} => A{position},");
        code.Line("_ => base.GetArgument(index),");
        code.Close("};");
        code.Line();
        code.Open("public override void SetArgument(int index, object? value)");
        code.Open("switch (index)");
        for (var position = 0; position < method.Parameters.Count; position++)
            code.Line($"case {position}: A{position} = ({method.Parameters[position]})value!; break;");
        code.Line("default: base.SetArgument(index, value); break;");
        code.Close();
        code.Close();
    }

    // Without arguments one call is like another, so all callers share it.
    private static string NewCall(MethodModel method, int index) => method.Parameters.Count == 0 ? $"Call{index}.Only" : $"new Call{index}()";

    // Typed, so that no argument is boxed on its way.
    private static void EmitSerialization(CodeWriter code, MethodModel method)
    {
        code.Line();
        code.Open($"public override void WriteArguments({Json}Utf8JsonWriter writer, {Json}JsonSerializerOptions options)");
        for (var position = 0; position < method.Parameters.Count; position++)
            code.Line($"{Engine}GrainArguments.Write<{method.Parameters[position]}>(writer, options, A{position});");
        code.Close();
        code.Line();
        code.Open($"public override void ReadArguments(ref {Json}Utf8JsonReader reader, {Json}JsonSerializerOptions options)");
        for (var position = 0; position < method.Parameters.Count; position++)
            code.Line($"A{position} = {Engine}GrainArguments.Read<{method.Parameters[position]}>(ref reader, options);");
        code.Close();
    }

    private static string Traits(MethodModel method)
    {
        var names = new[]
        {
            (method.IsReadOnly, "ReadOnly"),
            (method.IsAlwaysInterleave, "AlwaysInterleave"),
            (method.IsOneWay, "OneWay"),
            (method.TakesCancellation, "TakesCancellation"),
        }.Where(static trait => trait.Item1).Select(static trait => $"{Engine}GrainMethodTraits.{trait.Item2}").ToList();
        return names.Count == 0 ? $"{Engine}GrainMethodTraits.None" : string.Join(" | ", names);
    }

    private static string Literal(string name) => $"\"{name.Replace("global::", "")}\"";
}
