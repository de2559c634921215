namespace AwoooP.Runtime.CodeGeneration;

[Flags]
public enum GrainMethodTraits
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,
    TakesCancellation = 8,
}
