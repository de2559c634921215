namespace AwoooP.Runtime.CodeGeneration;

/// <summary>Takes a call whose kind of answer is not known beforehand, as one that was made from a method's id is.</summary>
public interface IGrainCallVisitor
{
    void Visit(GrainAction call);

    void Visit<TResult>(GrainFunction<TResult> call);
}
