namespace AwoooP.Runtime.Generators.Model;

/// <param name="FullName">Without <c>global::</c>.</param>
/// <param name="Interfaces">The grain interfaces it answers, fully qualified.</param>
/// <param name="MaxLocalWorkers">Null for a grain with an identity.</param>
internal sealed record ClassModel(
    string FullName, string GrainType, EquatableArray<string> Interfaces, int? MaxLocalWorkers, EquatableArray<Finding> Findings);
