namespace AwoooP.Runtime.Generators.Model;

/// <param name="FullName">Without <c>global::</c>.</param>
internal sealed record InterfaceModel(string FullName, EquatableArray<MethodModel> Methods, EquatableArray<Finding> Findings)
{
    public string ReferenceName => FullName.Replace('.', '_') + "Reference";
}
