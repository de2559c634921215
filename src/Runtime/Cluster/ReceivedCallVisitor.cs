using AwoooP.Runtime.Calls;
using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime.Cluster;

/// <summary>Makes the request of a received call.</summary>
internal sealed class ReceivedCallVisitor(GrainReference reference, Reply reply) : IGrainCallVisitor
{
    public Request? Request { get; private set; }

    public void Visit(GrainAction call) => Request = new ReceivedAction(reference, call, reply);

    public void Visit<TResult>(GrainFunction<TResult> call) => Request = new ReceivedFunction<TResult>(reference, call, reply);
}
